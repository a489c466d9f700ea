import type { Server } from 'node:http'
import { assertPatchedDriver, pool } from '~/db/client.server'
import { migrateDatabase } from '~/db/migrate.server'
import { ONE_ROLE } from '~/db/roles.server'
import { chatSocket } from '~/features/chat/chat.socket.server'
import { keepDeleting } from '~/features/chat/keeping/deleting.server'
import { keepAttending } from '~/features/chat/led/absence.server'
import { keepWiping } from '~/features/forum/wiping.server'
import { chooseFor } from '~/features/members/choosing-language.server'
import { loadRules } from '~/features/members/editions/in-force.server'
import { keepInstallation } from '~/features/members/installation.server'
import { keepDeletingNotices } from '~/features/members/notice-ends.server'
import { actorOfToken, endedAmong, hasSession, tokenIn } from '~/features/members/session.server'
import { keepEndingLeft } from '~/features/members/session-ends.server'
import { loadSettings } from '~/features/members/settings/settings.server'
import { loadOrganisationWords } from '~/features/members/wording/organisation-words.server'
import { keepLapsing } from '~/features/mentoring/finding/lapses.server'
import { loadNeedWords } from '~/features/mentoring/need-words.server'
import { keepVetting } from '~/features/mentoring/offers/vetting-ends.server'
import { keepEndingRounds } from '~/features/mentoring/rounds/rounds-ends.server'
import { keepReminding } from '~/features/mentoring/together/reminders.server'
import { keepWipingRemoved } from '~/features/moderation/deciding/wiping.server'
import { keepClosingFigures } from '~/features/moderation/figures/closing.server'
import { keepForgetting } from '~/features/moderation/forgetting.server'
import { keepEndingMeasures } from '~/features/moderation/measures/ends.server'
import { keepParting } from '~/features/moderation/measures/parting.server'
import { report } from '~/features/moderation/reports.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import { openMetrics } from '~/platform/all-metrics.server'
import { endAside } from '~/platform/aside.server'
import { env } from '~/platform/env.server'
import { shareEvenly } from '~/platform/even-share.server'
import { gate, headers, sizeGate } from '~/platform/gate.server'
import { closeHttp } from '~/platform/leaving.server'
import { log, logFault } from '~/platform/log.server'
import { requestSeconds } from '~/platform/metrics.server'
import { answering } from '~/platform/node-http.server'
import { overload, watchLoad } from '~/platform/overload.server'
import { markDraining, markMigrated } from '~/platform/readiness.server'
import { closeSignals, openSignals, stopHearing } from '~/platform/signals.server'
import { closeSockets, openSocketServer } from '~/platform/sockets.server'
import { switching } from '~/platform/switching.server'
import { blockDoors } from '~/routes/block-doors.server'
import { subjects } from '~/routes/subjects.server'
import { busy } from './busy.server'

interface OpenOptions {
	/** Another process of this machine has prepared the database already. */
	prepared?: boolean
	/** Others serve already: of the database only what a new version needs is done. */
	others?: boolean
	/** Drops the example community and loads it anew. */
	reloadExample?: boolean
	/** Says what is being done, for the person at the terminal. */
	onProgress(step: string): void
	/** Says what she needs to know once it runs (sign-in lines, a one-time link). */
	onNotice(line: string): void
}

/** The schema, the installation's mark, and what a new community begins with. */
async function prepare({ others, reloadExample = false, onProgress, onNotice }: OpenOptions) {
	onProgress('Preparing the database')
	const { databaseOwnerUrl, databaseUrl, example } = env()
	await migrateDatabase(databaseOwnerUrl, databaseUrl)
	await assertPatchedDriver()
	await keepInstallation()
	if (others) return
	if (example) {
		const { loadExample } = await import('~/example/load.server')
		const lines = await loadExample({ again: reloadExample, onProgress })
		for (const line of lines) onNotice(line)
	} else {
		const { firstCoordinatorLink } = await import('~/features/members/installation.server')
		const link = await firstCoordinatorLink()
		if (link) onNotice(link)
		if (databaseOwnerUrl === databaseUrl) onNotice(ONE_ROLE)
	}
}

/** Brings everything up that pages and sockets need, in order. Throws `StartError` with one line for the operator. */
async function open(options: OpenOptions) {
	env()
	if (!options.prepared) await prepare(options)
	await loadSettings()
	await loadWatchRules()
	await loadRules()
	await loadNeedWords()
	await loadOrganisationWords()
	keepAttending()
	keepWiping()
	keepDeleting()
	keepVetting()
	keepLapsing()
	keepReminding()
	keepEndingRounds()
	keepEndingMeasures()
	keepParting(blockDoors.partings)
	keepWipingRemoved(subjects)
	keepForgetting()
	keepDeletingNotices()
	keepEndingLeft()
	keepClosingFigures()
	openSignals()
	watchLoad()
	openMetrics()
	markMigrated()
}

/** Puts Socket.IO on the server that also answers pages. */
const attachSockets = (http: Server) =>
	openSocketServer(http, { tokenIn, actorOfToken, endedAmong }, [
		chatSocket({ report: report({ subjects }) }),
	])

/** Tells the sockets that this process is leaving, and the world, unless another one takes its place. */
function drain({ replaced = false }: { replaced?: boolean } = {}) {
	if (!replaced) markDraining()
	void closeSockets()
}

/** Last of all: the connections to the other processes and to the database. */
async function close() {
	stopHearing()
	await endAside()
	await closeSignals()
	await pool.end({ timeout: 5 })
}

/** What `server.ts` takes from the build; it imports nothing of the application itself (STYLE, "what running it showed" 1). */
export const house = {
	env,
	open,
	attachSockets,
	drain,
	shareEvenly,
	closeHttp,
	close,
	gate,
	sizeGate: sizeGate(hasSession),
	overload: overload(busy),
	switching: switching(chooseFor),
	headers,
	answering,
	log,
	logFault,
	requestSeconds,
}
