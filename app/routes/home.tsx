import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { roomsWith } from '~/features/chat/rooms.server'
import { latestTopics } from '~/features/forum/latest.server'
import { countWanted } from '~/features/forum/translation/wanted.server'
import { Day } from '~/features/home/components/day'
import { Front } from '~/features/home/components/front'
import type { DayProps } from '~/features/home/her-day'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { readActor } from '~/features/members/session.server'
import { setting } from '~/features/members/settings/settings.server'
import { waitingForHer } from '~/features/mentoring/waiting.server'
import { countUnseenStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const TOPICS_SHOWN = 5
/** More wanted translations than this are "many" to one woman. */
const WANTED_AT_MOST = 100

/** What waits for her, from every feature that has something; five queries at most. */
async function readDay(actor: Actor, locale: string): Promise<DayProps> {
	const active = actor.status === 'active'
	const [mentoring, topics, wanted, decisions] = await Promise.all([
		active ? waitingForHer(actor, roomsWith) : { toAnswer: 0, proposed: 0, running: [] },
		active ? latestTopics(actor, locale, TOPICS_SHOWN) : [],
		active ? countWanted(actor, WANTED_AT_MOST) : 0,
		countUnseenStatements(actor),
	])
	const { status, secondFactorDue } = actor
	const knowsLanguages = actor.reads.length + actor.speaks.length > 0
	return { status, secondFactorDue, knowsLanguages, ...mentoring, decisions, topics, wanted }
}

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await readActor(args)
		if (!actor) return { title: '', byCode: setting('registration') === 'code', day: null }
		const [title, day] = await Promise.all([
			titleFor(args, 'nav.home'),
			readDay(actor, await localeFor(args)),
		])
		return { title, byCode: false, day }
	})

export default function Home() {
	const { day, byCode } = useLoaderData<typeof loader>()
	return day ? <Day {...day} /> : <Front byCode={byCode} />
}
