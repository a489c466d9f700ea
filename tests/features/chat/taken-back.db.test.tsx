import { eq, sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages, rooms } from '~/db/schema/chat'
import { TakenBackPage } from '~/features/chat/keeping/components/taken-back-page'
import { emptyTakenBack } from '~/features/chat/keeping/emptying.server'
import { forgetMe } from '~/features/chat/keeping/forgetting.server'
import { readTakenBack } from '~/features/chat/keeping/taken-back.server'
import { catchUp } from '~/features/chat/messages.server'
import { removeMessage, sendMessage } from '~/features/chat/writing.server'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { ReportForm } from '~/features/moderation/components/report-form'
import { decide } from '~/features/moderation/decisions.server'
import { readReportable } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { loader } from '~/routes/chat/taken-back'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'
import { open } from '../../factories/requests'

let amal: Actor
let ines: Actor
beforeEach(async () => {
	;[amal, ines] = await Promise.all([
		aMember({ handle: 'Amal', speaks: ['it', 'ar'] }),
		aMember({ handle: 'In\u00e9s', speaks: ['it', 'ar'] }),
	])
})

const THREAT = 'I know where you live'
const takenBackAgo = (id: string, hours: number) =>
	db
		.update(messages)
		.set({ removedAt: sql`now() - make_interval(hours => ${hours})` })
		.where(eq(messages.id, id))
const wordsOf = async (id: string) => (await db.select().from(messages).where(eq(messages.id, id)))[0]?.body
const listed = async (actor: Actor, room: string) =>
	(await readTakenBack(actor, room, 'en')).said.map(({ id }) => id)
const mayReport = (actor: Actor, id: string) =>
	codeOf(() => readReportable(subjects, actor, { kind: 'message', id }))

/** A threat in a room that keeps everything, taken back at once. */
async function aThreat(room: string, by = amal) {
	const { id } = await aMessage(by, room, THREAT)
	await removeMessage(by, { room, id })
	return id
}

describe('what was taken back', () => {
	test('keeps its words for a week and then loses them, also in rooms that keep', async () => {
		const room = await anOpenRoom()
		const [young, old] = [await aThreat(room), await aThreat(room)]
		const kept = await aMessage(amal, room, 'kept')
		await takenBackAgo(young, 7 * 24 - 1)
		await takenBackAgo(old, 7 * 24 + 1)
		const [before] = await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room))
		expect(await emptyTakenBack()).toBe(1)
		expect(await emptyTakenBack()).toBe(0)
		expect([await wordsOf(young), await wordsOf(old), await wordsOf(kept.id)]).toEqual([THREAT, '', 'kept'])
		const [after] = await db.select({ seq: rooms.seq }).from(rooms).where(eq(rooms.id, room))
		expect(after).toEqual(before)
	})

	test('takes what says it in another language with it', async () => {
		const room = await anOpenRoom()
		const said = await sendMessage(amal, {
			room,
			key: crypto.randomUUID(),
			body: 'la mia casa',
			language: 'it',
		})
		const pair = {
			room,
			key: crypto.randomUUID(),
			body: '\u0628\u064a\u062a\u064a',
			language: 'ar',
			translationOf: said.id,
		}
		const { id } = await sendMessage(ines, pair)
		await removeMessage(amal, { room, id: said.id })
		await takenBackAgo(said.id, 7 * 24 + 1)
		expect(await emptyTakenBack()).toBe(2)
		expect([await wordsOf(said.id), await wordsOf(id)]).toEqual(['', ''])
	})

	test('keeps its words under a report until it is decided', async () => {
		const room = await aPrivateRoom(amal, ines)
		const id = await aThreat(room)
		const { caseId } = await aReport({ by: ines, kind: 'message', id })
		await takenBackAgo(id, 30 * 24)
		expect(await emptyTakenBack()).toBe(0)
		const moderator = await aModerator()
		expect(await openPrivate({ subjects })(moderator, { case: caseId })).toMatchObject({ body: THREAT })
		await decide({ subjects })(moderator, { case: caseId, decision: 'dismiss' })
		expect(await emptyTakenBack()).toBe(1)
		expect(await wordsOf(id)).toBe('')
	})
})

describe('it can be reported', () => {
	test('by those in the room, without the words being shown to them again', async () => {
		const room = await aPrivateRoom(amal, ines)
		const id = await aThreat(room)
		expect(await listed(ines, room)).toEqual([id])
		const reportable = await readReportable(subjects, ines, { kind: 'message', id })
		expect(reportable).toMatchObject({ takenBack: true, excerpt: '' })
		const form = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<ReportForm reportable={reportable} />
			</I18nextProvider>,
		)
		expect(form).toContain('These words were taken back')
		expect(form).not.toContain(THREAT)
		expect(JSON.stringify(await catchUp(ines, room, 0))).not.toContain(THREAT)
		await aReport({ by: ines, kind: 'message', id })
	})

	test('in an open room, where moderators read it in the case', async () => {
		const room = await anOpenRoom()
		const id = await aThreat(room)
		const { caseId } = await aReport({ by: ines, kind: 'message', id })
		const moderator = await aModerator()
		expect(await readCase(subjects, moderator, caseId)).toMatchObject({ content: { body: THREAT } })
	})

	test.each([
		['by its author', () => amal, async (_room: string, _id: string) => {}],
		['by a stranger to the room', () => aMember(), async () => {}],
		[
			'after a week',
			() => ines,
			async (_room: string, id: string) => void (await takenBackAgo(id, 7 * 24 + 1)),
		],
		[
			'once its author has gone out with her words',
			() => ines,
			async (room: string) => void (await forgetMe(amal, { room })),
		],
		[
			'where it is hidden already',
			() => ines,
			async (_room: string, id: string) =>
				void (await db.update(messages).set({ hiddenAt: new Date() }).where(eq(messages.id, id))),
		],
	])('not %s', async (_when, who, change) => {
		const room = await aCircle(amal, [ines])
		const id = await aThreat(room)
		const actor = await who()
		await change(room, id)
		expect(await mayReport(actor, id)).toBe('not-found')
		const seen = await readTakenBack(actor, room, 'en').catch(() => ({ said: [] }))
		expect(seen.said).toEqual([])
	})

	test('not by who came into the room after it was taken back', async () => {
		const room = await aCircle(amal)
		const id = await aThreat(room)
		await takenBackAgo(id, 1)
		const late = await aMember({ handle: 'Late' })
		const { invite, acceptCircle } = await import('~/features/chat/circles/invitations.server')
		await invite(amal, { room, handle: 'Late' })
		await acceptCircle(late, { room })
		expect(await listed(late, room)).toEqual([])
		expect(await mayReport(late, id)).toBe('not-found')
	})

	test('not across a block', async () => {
		const room = await anOpenRoom()
		const id = await aThreat(room)
		expect(await mayReport({ ...ines, blocked: [amal.id] }, id)).toBe('not-found')
		expect(await listed({ ...ines, blocked: [amal.id] }, room)).toEqual([])
	})
})

test('the page lists whose it was and when, and never the words', async () => {
	const { actor, token } = await aMemberWithToken({ handle: 'Zoe' })
	const room = await aPrivateRoom(amal, actor)
	const id = await aThreat(room)
	const answer = await open(loader, `/chat/${room}/taken-back`, { token, params: { room } })
	const { shown } = answer.body as { shown: Parameters<typeof TakenBackPage>[0] }
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor('en')}>
			<TakenBackPage {...shown} />
		</I18nextProvider>,
	)
	expect(html).toContain(`/report/message/${id}`)
	expect(html).toContain('For 7 days you can still report them')
	expect(html + JSON.stringify(shown)).not.toContain(THREAT)
	const stranger = await aMemberWithToken()
	const refused = await open(loader, `/chat/${room}/taken-back`, { token: stranger.token, params: { room } })
	expect(refused.status).toBe(404)
})
