import { desc, eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { cases, reports } from '~/db/schema/moderation'
import { openPrivate } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { WhoLooked } from '~/features/moderation/record/components/who-looked'
import { listWhoLooked } from '~/features/moderation/record/looks.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { belongings } from '~/routes/belongings.server'
import { subjects } from '~/routes/subjects.server'
import routes from '../../../app/routes'
import { aMessage, aPrivateRoom } from '../../factories/chat'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aModerator, aReport, aReportedMessage } from '../../factories/moderation'
import { open } from '../../factories/requests'

const opens = (moderator: Actor, caseId: string) => openPrivate({ subjects })(moderator, { case: caseId })
const looks = async (actor: Actor) => (await listWhoLooked(actor, null)).reports

describe('who looked at what she gave as evidence', () => {
	test('is shown to her: when, and which moderator', async () => {
		const { reporter, caseId } = await aReportedMessage()
		expect(await looks(reporter)).toEqual([])
		const [first, second] = [await aModerator(), await aModerator()]
		for (const moderator of [first, second]) {
			await opens(moderator, caseId)
			await db.update(cases).set({ claimedBy: null, claimedAt: null })
		}
		const [report] = await looks(reporter)
		expect(report!.looks).toMatchObject([
			{ role: 'moderator', handle: first.handle },
			{ role: 'moderator', handle: second.handle },
		])
		for (const { at } of report!.looks) expect(Date.now() - at.getTime()).toBeLessThan(60_000)
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<WhoLooked {...(await listWhoLooked(reporter, null))} />
			</I18nextProvider>,
		)
		expect(html).toContain(`<bdi>${first.handle}</bdi>`)
		expect(html).not.toMatch(/record:/)
	})

	test('of a translator bound to secrecy without her name', async () => {
		const { reporter, author, caseId } = await aReportedMessage()
		const translator = await aMember()
		await db.insert(auditLog).values({
			actorId: translator.id,
			action: 'moderation.read-to-translate',
			subjectKind: 'case',
			subjectId: caseId,
			memberId: author.id,
		})
		expect(await looks(reporter)).toMatchObject([{ looks: [{ role: 'translator', handle: null }] }])
		expect(JSON.stringify(await looks(reporter))).not.toContain(translator.id)
	})

	test('when another moderator looks again after an appeal', async () => {
		const { reporter, author, caseId } = await aReportedMessage()
		await decide({ subjects })(await aModerator(), { case: caseId, decision: 'hide', rule: 'threat' })
		const { statements } = await listMyStatements(author, null)
		await appeal(author, { statement: statements[0]!.id })
		const [again] = await db.select().from(cases).where(eq(cases.statementId, statements[0]!.id))
		const moderator = await aModerator()
		await opens(moderator, again!.id)
		expect(await looks(reporter)).toMatchObject([{ looks: [{ handle: moderator.handle }] }])
		expect(await looks(author)).toEqual([])
	})

	test('only since she reported it: who reported it before her stays unknown', async () => {
		const [author, first, second] = [await aMember(), await aMember(), await aMember()]
		const room = await aPrivateRoom(author, first)
		const message = await aMessage(author, room, 'Only you know this')
		const { caseId } = await aReport({ by: first, kind: 'message', id: message.id })
		const moderator = await aModerator()
		await opens(moderator, caseId)
		await db
			.insert(reports)
			.values({ caseId, reporterId: second.id, reason: 'rude', createdAt: new Date(Date.now() + 5) })
		expect(await looks(first)).toHaveLength(1)
		expect(await looks(second)).toEqual([])
	})

	test('is nobody else’s, and pages on', async () => {
		const [author, reporter] = [await aMember(), await aMember()]
		const room = await aPrivateRoom(author, reporter)
		const moderator = await aModerator()
		for (let n = 0; n < 21; n += 1) {
			const message = await aMessage(author, room, `Words ${n}`)
			const [row] = await db
				.insert(cases)
				.values({ subjectKind: 'message', subjectId: message.id, authorId: author.id, private: true })
				.returning({ id: cases.id })
			await db.insert(reports).values({ caseId: row!.id, reporterId: reporter.id, reason: 'rude' })
			await db.insert(auditLog).values({
				actorId: moderator.id,
				action: 'moderation.read-private',
				subjectKind: 'case',
				subjectId: row!.id,
			})
		}
		const first = await listWhoLooked(reporter, null)
		expect(first.reports).toHaveLength(20)
		const rest = await listWhoLooked(reporter, first.older)
		expect(rest).toMatchObject({ reports: [{}], first: false, older: null })
		expect(new Set([...first.reports, ...rest.reports].map(({ id }) => id)).size).toBe(21)
		for (const other of [author, moderator, await aMember()]) expect(await looks(other)).toEqual([])
	})
})

type Module = { loader?: Parameters<typeof open>[0] }
const files = import.meta.glob<Module>('/app/routes/**/*.{ts,tsx}')
const modules = new Map<string, Module>()
/** All routes at once are much to load on a busy machine. */
const MUCH_MS = 120_000
/** What signs her out, or answers machines; and what is the same for everyone. */
const NOT_HERS = /^(exit|sign-out|healthz|readyz|metrics|design|language|\*)$/

/** Made anew for every page: a form's key, the four words that are offered to her, the hour. */
const MADE_ANEW = /"(key|formKey|now)":"[^"]*"|"offer":\{"words":"[^"]*"/g

async function pageOf(file: string, path: string, token: string, params: Record<string, string> = {}) {
	const { loader } = modules.get(`/app/${file}`)!
	if (!loader) return []
	const { status, to, body } = await open(loader, path, { token, params })
	return [[path, JSON.stringify({ status, to, body }).replace(MADE_ANEW, '')]]
}

/** Every page of hers that has no id in its address, and the room, as they are sent. */
async function allPages(token: string, room: string) {
	const pages = await pageOf('routes/chat/room.tsx', `/chat/${room}`, token, { room })
	for (const { path = '', file } of routes) {
		if (!path.includes(':') && !NOT_HERS.test(path)) pages.push(...(await pageOf(file, `/${path}`, token)))
	}
	return pages
}

const herCopy = async (actor: Actor) =>
	JSON.stringify(await Promise.all(belongings.map((one) => one.collect(db, actor.id))))

beforeAll(async () => {
	for (const [file, load] of Object.entries(files)) modules.set(file, await load())
}, MUCH_MS)

test(
	'the reported woman’s pages and copy do not change by a byte when her words are read',
	async () => {
		const { actor: author, token } = await aMemberWithToken()
		const reporter = await aMember()
		const room = await aPrivateRoom(author, reporter)
		const message = await aMessage(author, room, 'Only you know this')
		const { caseId } = await aReport({ by: reporter, kind: 'message', id: message.id })
		// Once before it counts: what is marked as seen at the first look stays so.
		await allPages(token, room)
		const before = [await allPages(token, room), await herCopy(author)]
		await opens(await aModerator(), caseId)
		await db.insert(auditLog).values({
			action: 'moderation.read-to-translate',
			subjectKind: 'case',
			subjectId: caseId,
			memberId: author.id,
		})
		expect([await allPages(token, room), await herCopy(author)]).toEqual(before)
		const [entry] = await db.select().from(auditLog).orderBy(desc(auditLog.seq)).limit(1)
		expect(entry!.memberId).toBe(author.id)
		expect(before[0]!.length).toBeGreaterThan(20)
	},
	MUCH_MS,
)
