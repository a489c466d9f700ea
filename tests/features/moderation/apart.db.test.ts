import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { cases, statements } from '~/db/schema/moderation'
import { blocks, notices } from '~/db/schema/ties'
import { invite } from '~/features/chat/circles/invitations.server'
import { catchUp } from '~/features/chat/messages.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { roomsWith } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import { readTopic } from '~/features/forum/posts.server'
import { actorOfToken } from '~/features/members/session.server'
import { askMentor } from '~/features/mentoring/finding/asks.server'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import { readMatch } from '~/features/mentoring/together/match-page.server'
import { readCase } from '~/features/moderation/cases.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { liftMeasures } from '~/features/moderation/measures/applying.server'
import { readMeasuresInForce, readMeasuresOf } from '~/features/moderation/measures/reading.server'
import type { Actor } from '~/platform/actor'
import * as onBlocked from '~/routes/members/blocked'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { aCircle } from '../../factories/circles'
import { heardOf } from '../../factories/events'
import { anAnswer, aSpace, aTopic, questionOf } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { aMatch, anOffer, aRequest } from '../../factories/mentoring'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const using = { subjects }

interface Woman {
	actor: Actor
	token: string
	now(): Promise<Actor>
}

async function aWoman(fields: Parameters<typeof aMemberWithToken>[0] = {}): Promise<Woman> {
	const { actor, token } = await aMemberWithToken(fields)
	return { actor, token, now: async () => (await actorOfToken(token))! }
}

/** Olena is reported by Amal, and a moderator keeps the two apart. */
async function keepApart(olena: Woman, amal: Woman) {
	const topic = await aTopic({ author: await olena.now() })
	const { caseId } = await aReport({ by: await amal.now(), id: (await questionOf(topic)).id })
	const moderator = await aModerator()
	const told = { case: caseId, decision: 'warn', rule: 'threat', words: '', apart: 'yes' }
	await decide(using)(moderator, told)
	return { caseId, moderator, topic }
}

async function twoApart(
	of: { olena?: Parameters<typeof aWoman>[0]; amal?: Parameters<typeof aWoman>[0] } = {},
) {
	const [olena, amal] = [await aWoman(of.olena), await aWoman(of.amal)]
	return { olena, amal, ...(await keepApart(olena, amal)) }
}

const block = (woman: Woman, intent: string, fields: Record<string, string>) =>
	send(onBlocked.action, '/me/blocked', { intent, ...fields }, { token: woman.token })
const look = async (woman: Woman, person?: string) => {
	const { headers, ...answer } = await open(
		onBlocked.loader,
		person ? `/me/blocked?person=${person}` : '/me/blocked',
		{ token: woman.token },
	)
	return { ...answer, headers: [...headers] }
}
const listed = async (woman: Woman) =>
	((await look(woman)).body as { blocked: { handle: string }[] }).blocked.map(({ handle }) => handle)
const between = async (by: Woman, of: Woman) => {
	const pair = and(eq(blocks.blockerId, by.actor.id), eq(blocks.blockedId, of.actor.id))
	const [row] = await db.select({ own: blocks.own, orderId: blocks.orderId }).from(blocks).where(pair)
	return row && { own: row.own, held: row.orderId !== null }
}
const orders = () => db.select().from(restrictions).where(eq(restrictions.kind, 'apart'))

describe('two who are kept apart', () => {
	test('each is blocked with the other, and neither is told from whom', async () => {
		const heard = heardOf('member:changed')
		const { olena, amal, caseId, moderator } = await twoApart()
		expect([await between(olena, amal), await between(amal, olena)]).toEqual([
			{ own: false, held: true },
			{ own: false, held: true },
		])
		const told = new Set((await heard()).map(({ memberId }) => memberId))
		expect(told.has(olena.actor.id) && told.has(amal.actor.id)).toBe(true)
		const [statement] = await db.select().from(statements)
		expect(statement!.memberId).toBe(olena.actor.id)
		const measures = await readMeasuresOf([statement!.id])
		expect(JSON.stringify([...measures])).not.toContain(amal.actor.id)
		expect(measures.get(statement!.id)).toMatchObject([{ kind: 'apart', until: null, holds: true }])
		const inForce = await readMeasuresInForce(moderator, caseId)
		expect(inForce).toMatchObject([{ kind: 'apart', attempts: 0, lastAttemptAt: null }])
		expect(JSON.stringify(inForce)).not.toContain(amal.actor.id)
		expect([await listed(olena), await listed(amal)]).toEqual([[], []])
	})

	test('read nothing of each other in the forum and in open rooms, and no number shows a gap', async () => {
		const [olena, amal, zoe] = [await aWoman(), await aWoman(), await aWoman()]
		const [room, topic] = [await anOpenRoom(), await aTopic({ author: zoe.actor })]
		for (const { actor } of [zoe, amal, olena]) {
			await aMessage(actor, room, actor.handle)
			await anAnswer(topic, { author: actor })
		}
		await keepApart(olena, amal)
		const read = async (woman: Woman) => {
			const actor = await woman.now()
			const page = await readRoomPage(actor, room, { locale: 'en', before: null })
			const caught = await catchUp(actor, room, 0)
			expect([caught.seq, caught.upTo, page.room.seq]).toEqual([3, 3, 3])
			const shown = await readTopic(actor, 'en', { space: topic.spaceId, topic: topic.id }, null)
			return [page.messages.map(({ body }) => body), shown.posts.length]
		}
		const handle = ({ actor }: Woman) => actor.handle
		expect(await read(olena)).toEqual([[handle(zoe), handle(olena)], 3])
		expect(await read(amal)).toEqual([[handle(zoe), handle(amal)], 3])
		expect(await read(zoe)).toEqual([[handle(zoe), handle(amal), handle(olena)], 4])
	})

	test('a private room of the two ends as with a block, and no number answers a message', async () => {
		const [olena, amal] = [await aWoman(), await aWoman()]
		const own = await aPrivateRoom(amal.actor, olena.actor)
		await keepApart(olena, amal)
		const page = await readRoomPage(await olena.now(), own, { locale: 'en', before: null })
		expect(page).toMatchObject({ room: { alone: true }, mayWrite: false })
		const [her, sending] = [await olena.now(), { room: own, key: randomUUID(), body: 'x' }]
		expect(await codeOf(() => sendMessage(her, sending))).toBe('forbidden')
		expect((await listRooms(await amal.now(), 'en')).own).toEqual([])
	})

	test('a mentoring of the two ends, and neither finds or asks the other', async () => {
		const [olena, amal] = [await aWoman({ roles: [{ role: 'mentor' }] }), await aWoman()]
		await anOffer(olena.actor)
		const match = await aMatch(amal.actor, olena.actor)
		await keepApart(olena, amal)
		const her = await amal.now()
		expect(await codeOf(() => readMatch(her, match, roomsWith))).toBe('not-found')
		expect(await readMentoring(her, roomsWith)).toMatchObject({ running: [], requests: [], past: [] })
		const found = await listMentors(her, 'en', { language: 'all', need: null, after: null })
		expect(found.mentors).toEqual([])
		expect(await codeOf(() => askMentor(her, aRequest(olena.actor)))).toBe('not-found')
	})
})

describe('blocks of their own beside it', () => {
	test('whoever lifts hers lifts no order, and whoever blocks under one keeps hers when it ends', async () => {
		const { olena, amal, caseId, moderator } = await twoApart({ olena: { handle: 'Olena' } })
		await block(amal, 'blockName', { handle: 'Olena' })
		expect(await between(amal, olena)).toEqual({ own: true, held: true })
		await block(amal, 'unblock', { member: olena.actor.id })
		expect(await between(amal, olena)).toEqual({ own: false, held: true })
		await block(amal, 'blockName', { handle: 'Olena' })
		await block(amal, 'unblockName', { handle: 'Olena' })
		expect(await between(amal, olena)).toEqual({ own: false, held: true })
		await block(amal, 'blockName', { handle: 'Olena' })
		await undo(using)(moderator, { case: caseId })
		expect([await between(amal, olena), await between(olena, amal)]).toEqual([
			{ own: true, held: false },
			undefined,
		])
	})

	test('a block that was there before stays listed, and stays when the order ends', async () => {
		const [olena, amal] = [await aWoman({ handle: 'Olena' }), await aWoman()]
		await aMessage(olena.actor, await anOpenRoom())
		const { caseId } = await aReport({
			by: amal.actor,
			id: (await questionOf(await aTopic({ author: olena.actor }))).id,
		})
		await block(amal, 'block', { member: olena.actor.id })
		const before = await look(amal)
		const moderator = await aModerator()
		const told = { case: caseId, decision: 'warn', rule: 'threat', words: '', apart: 'yes' }
		await decide(using)(moderator, told)
		expect(await look(amal)).toEqual(before)
		expect(await listed(amal)).toEqual(['Olena'])
		await undo(using)(moderator, { case: caseId })
		expect(await between(amal, olena)).toEqual({ own: true, held: false })
	})

	test('who is kept apart learns it from no list: the answers are those of a block', async () => {
		const { olena, amal } = await twoApart({ amal: { handle: 'Amal' } })
		const [zoe, ines] = [await aWoman(), await aWoman({ handle: 'Inés' })]
		await block(ines, 'blockName', { handle: zoe.actor.handle })
		const answers = async (woman: Woman, other: Woman) => {
			const bare = ({ headers, ...answer }: Awaited<ReturnType<typeof block>>) => answer
			return [
				await look(woman, other.actor.id),
				bare(await block(woman, 'block', { member: other.actor.id })),
				bare(await block(woman, 'blockName', { handle: other.actor.handle })),
				await look(woman),
				bare(await block(woman, 'unblockName', { handle: other.actor.handle })),
				await look(woman),
			]
		}
		expect(await answers(olena, amal)).toEqual(await answers(zoe, ines))
	})
})

describe('two orders between the same two', () => {
	test('the second holds when the first one ends', async () => {
		const { olena, amal, caseId, moderator } = await twoApart()
		const other = await aTopic({ author: olena.actor })
		// She saw it before the two were kept apart.
		const { caseId: second } = await aReport({ id: (await questionOf(other)).id })
		await db.execute(
			`update reports set reporter_id = '${amal.actor.id}' where case_id = '${second}'` as never,
		)
		const told = { case: second, decision: 'warn', rule: 'threat', words: '', apart: 'yes' }
		await decide(using)(await aModerator(), told)
		await undo(using)(moderator, { case: caseId })
		expect([await between(olena, amal), await between(amal, olena)]).toEqual([
			{ own: false, held: true },
			{ own: false, held: true },
		])
		const rest = (await orders()).find(({ endedAt }) => endedAt === null)!
		await db.transaction((tx) => liftMeasures(tx, rest.statementId, () => {}))
		expect(await db.$count(blocks)).toBe(0)
	})
})

describe('an order that cannot be', () => {
	test('with nobody who reported is refused', async () => {
		const [olena, amal] = [await aWoman(), await aWoman()]
		const topic = await aTopic({ author: olena.actor })
		const { caseId } = await aReport({ by: amal.actor, id: (await questionOf(topic)).id })
		await db.execute(`update reports set reporter_id = null where case_id = '${caseId}'` as never)
		const told = { case: caseId, decision: 'warn', rule: 'threat', words: '', apart: 'yes' }
		const moderator = await aModerator()
		expect(await faultsOf(() => decide(using)(moderator, told))).toMatchObject({
			code: 'invalid',
			fields: { apart: 'errors:choose' },
		})
		expect(await db.$count(cases, eq(cases.status, 'decided'))).toBe(0)
	})
})

describe('words without a name', () => {
	const aQuietSpace = () => aSpace('Quiet', { aliasAllowed: true })

	test('keep nobody apart: who reported them would see who is gone from her pages', async () => {
		const [olena, amal] = [await aWoman(), await aWoman()]
		const topic = await aTopic({ space: await aQuietSpace(), author: olena.actor, alias: 'yes' })
		const { caseId } = await aReport({ by: amal.actor, id: (await questionOf(topic)).id })
		const moderator = await aModerator()
		expect(await readCase(subjects, moderator, caseId)).toMatchObject({ aliased: true })
		const told = { case: caseId, decision: 'hide', rule: 'threat', words: '', measure: 'slowed', days: '7' }
		const refused = await faultsOf(() => decide(using)(moderator, { ...told, apart: 'yes' }))
		expect(refused).toMatchObject({ code: 'invalid', fields: { apart: 'decisions:refused.alias' } })
		expect([await orders(), await db.$count(blocks)]).toEqual([[], 0])
		await decide(using)(moderator, told)
		expect(await db.$count(restrictions, eq(restrictions.kind, 'slowed'))).toBe(1)
	})

	test('reach nobody past an order, and are the same to everyone as those of any other', async () => {
		const { olena, amal } = await twoApart({ amal: { handle: 'Amal' } })
		const [zoe, space] = [await aWoman(), await aQuietSpace()]
		await db.delete(notices)
		const shown = []
		for (const author of [await olena.now(), zoe.actor]) {
			const fields = { space, author, alias: 'yes', title: 'T', body: 'Does @Amal know?' } as const
			const question = await questionOf(await aTopic(fields))
			shown.push([question.html, await db.$count(notices, eq(notices.memberId, amal.actor.id))])
		}
		expect(shown[0]).toEqual(shown[1])
		expect(shown[0]).toEqual([expect.stringContaining('<bdi>@Amal</bdi>'), 0])
		expect(await orders()).toMatchObject([{ attempts: 1 }])
	})

	test('are told to who follows, also to her whom they name, like those of any other', async () => {
		const { olena, amal } = await twoApart({ amal: { handle: 'Amal' } })
		const space = await aQuietSpace()
		for (const author of [await olena.now(), await aMember()]) {
			const topic = await aTopic({ space, author, alias: 'yes' })
			await anAnswer(topic, { author: await amal.now() })
			await db.delete(notices)
			await anAnswer(topic, { author, body: 'Thank you, @Amal' })
			const told = await db.select().from(notices).where(eq(notices.memberId, amal.actor.id))
			expect(told).toMatchObject([{ kind: 'topic.reply', subjectId: topic.id, times: 1 }])
		}
	})
})

describe('attempts to reach her all the same', () => {
	const tries: [string, (olena: Actor, amal: Actor) => Promise<unknown>][] = [
		[
			'a mention',
			async (olena, amal) => anAnswer(await aTopic(), { author: olena, body: `@${amal.handle} hi` }),
		],
		[
			'a mention without her name',
			async (olena, amal) => {
				const space = await aSpace('Quiet', { aliasAllowed: true })
				return aTopic({ space, author: olena, body: `@${amal.handle} hi`, alias: 'yes' })
			},
		],
		[
			'an invitation into a circle',
			async (olena, amal) => invite(olena, { room: await aCircle(olena), handle: amal.handle }),
		],
		['a request to mentor', async (olena, amal) => codeOf(() => askMentor(olena, aRequest(amal)))],
	]
	test.each(tries)('%s is counted once a minute, and only hers', async (_what, attempt) => {
		const { olena, amal } = await twoApart({ amal: { roles: [{ role: 'mentor' }] } })
		await anOffer(amal.actor)
		const her = await olena.now()
		await attempt(her, amal.actor)
		await vi.waitFor(async () => expect(await orders()).toMatchObject([{ attempts: 1 }]))
		await attempt(her, amal.actor)
		expect((await orders())[0]!.lastAttemptAt).toBeInstanceOf(Date)
		await anAnswer(await aTopic(), { author: await amal.now(), body: `@${olena.actor.handle} hi` })
		expect(await orders()).toMatchObject([{ attempts: 1 }])
	})
})
