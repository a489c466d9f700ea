import { and, eq, isNotNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { vouches } from '~/db/schema/house-rules'
import { auditLog, installation, limitCounters, members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { isHeld } from '~/features/chat/chat.wire'
import { sendMessage } from '~/features/chat/writing.server'
import { readTopic } from '~/features/forum/posts.server'
import { loadSettings } from '~/features/members/settings/settings.server'
import { readStanding, takeVouchBack, vouch, vouchesFor } from '~/features/members/vouching/vouching.server'
import type { AppError } from '~/platform/errors'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { anAnswer, aSpace, aTopic, idsOf } from '../../factories/forum'
import { aJoinedMember, aMember, anInvitation, anOrganisation } from '../../factories/members'
import { aReport } from '../../factories/moderation'
import { sentInside, written } from '../../factories/statements'

const DAY_MS = 86_400_000
const aNew = (fields = {}) => aMember({ vouchedAt: null, ...fields })
const aKnown = (fields = {}) => aMember({ vouchedAt: new Date(Date.now() - 20 * DAY_MS), ...fields })
const aMentor = () => aNew({ roles: [{ role: 'mentor' as const }] })

async function firstPostsAre(value: 'open' | 'slow' | 'hold') {
	await db
		.insert(installation)
		.values({ key: 'setting.firstPosts', value })
		.onConflictDoUpdate({ target: installation.key, set: { value } })
	await loadSettings()
}

const isVouched = async ({ id }: { id: string }) =>
	(await db.select({ at: members.vouchedAt }).from(members).where(eq(members.id, id)))[0]!.at !== null

const refusal = async (doing: Promise<unknown>) =>
	doing.then(
		() => undefined,
		({ code, fields, details }: AppError) => ({ code, fields, details }),
	)

beforeEach(async () => {
	await db.delete(limitCounters)
	await firstPostsAre('slow')
})
afterEach(async () => {
	await db.delete(installation)
	await loadSettings()
})

describe('somebody new is known', () => {
	test('when a mentor vouches for her', async () => {
		const her = await aNew()
		await vouch(await aMentor(), { handle: her.handle })
		expect(await isVouched(her)).toBe(true)
	})

	test('when two members do, and new again when one takes it back', async () => {
		const [her, one, other] = [await aNew(), await aKnown(), await aKnown()]
		await vouch(one, { handle: her.handle })
		await vouch(one, { handle: her.handle })
		expect(await isVouched(her)).toBe(false)
		expect(await readStanding(her)).toMatchObject({ known: false, members: 1, needed: 2, mayVouch: false })
		await vouch(other, { handle: her.handle })
		expect(await isVouched(her)).toBe(true)
		await takeVouchBack(one, { handle: her.handle })
		await takeVouchBack(one, { handle: her.handle })
		expect(await isVouched(her)).toBe(false)
		const given = await vouchesFor(her.id)
		expect(given.map(({ by, kind, endedAt }) => [by, kind, endedAt === null])).toEqual([
			[one.handle, 'member', false],
			[other.handle, 'member', true],
		])
	})

	test('when two vouch in the same moment', async () => {
		const [her, one, other] = [await aNew(), await aKnown(), await aKnown()]
		await Promise.all([one, other].map((by) => vouch(by, { handle: her.handle })))
		expect(await isVouched(her)).toBe(true)
	})

	test('from the start with a code of a centre', async () => {
		const centre = await anOrganisation()
		const code = await anInvitation('centre-code-12345', { role: 'member', organisationId: centre.id })
		const { actor } = await aJoinedMember({ code })
		expect(actor.vouched).toBe(true)
		expect(await vouchesFor(actor.id)).toMatchObject([{ kind: 'centre', organisation: centre.name }])
	})

	test.each([
		['open', true],
		['slow', false],
		['hold', false],
	] as const)('from the start without one where first posts are %s: %s', async (value, known) => {
		await firstPostsAre(value)
		expect((await aJoinedMember()).actor.vouched).toBe(known)
	})

	test('and whoever began so is not made new by anybody', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await vouch(mentor, { handle: her.handle })
		await takeVouchBack(mentor, { handle: her.handle })
		expect(await isVouched(her)).toBe(true)
	})
})

describe('vouching', () => {
	test.each([
		['somebody new herself', () => aNew()],
		['somebody known for ten days', () => aMember({ vouchedAt: new Date(Date.now() - 10 * DAY_MS) })],
	])('is not yet for %s', async (_who, make) => {
		const [her, by] = [await aNew(), await make()]
		expect(await refusal(vouch(by, { handle: her.handle }))).toMatchObject({
			code: 'forbidden',
			fields: { '': 'vouch:refused.notYet' },
		})
	})

	test('has one answer, whoever the name is of', async () => {
		const [mentor, known, blocked, her] = [await aMentor(), await aKnown(), await aNew(), await aNew()]
		const asks = { ...mentor, blocked: [blocked.id] }
		for (const handle of ['Nobody at all', known.handle, blocked.handle, mentor.handle, her.handle]) {
			expect(await vouch(asks, { handle })).toBeUndefined()
			expect(await takeVouchBack(asks, { handle })).toBeUndefined()
		}
		expect(await db.$count(vouches, eq(vouches.memberId, blocked.id))).toBe(0)
		expect(await isVouched(mentor)).toBe(false)
	})

	test('takes the same work, whoever the name is of: the database is asked and told as much', async () => {
		const [mentor, known, blocked, her] = [await aMentor(), await aKnown(), await aNew(), await aNew()]
		const asks = { ...mentor, blocked: [blocked.id] }
		const bare = (text: string) => text.replaceAll(/\$\d+|default/g, '?')
		for (const act of [vouch, takeVouchBack]) {
			const work: string[] = []
			for (const handle of ['Nobody at all', known.handle, blocked.handle, mentor.handle, her.handle]) {
				const before = await written()
				work.push(JSON.stringify((await sentInside(() => act(asks, { handle }))).map(bare)))
				expect(await written()).toBeGreaterThan(before)
			}
			expect(new Set(work).size).toBe(1)
		}
		const said = await db
			.select({ action: auditLog.action, memberId: auditLog.memberId })
			.from(auditLog)
			.where(and(eq(auditLog.actorId, mentor.id), isNotNull(auditLog.memberId)))
			.orderBy(auditLog.seq)
		expect(said).toEqual([
			{ action: 'vouch.given', memberId: her.id },
			{ action: 'vouch.ended', memberId: her.id },
		])
	})

	test('can be taken back from a woman whom she blocks by now', async () => {
		const [mentor, her] = [await aMentor(), await aNew()]
		await vouch(mentor, { handle: her.handle })
		await takeVouchBack({ ...mentor, blocked: [her.id] }, { handle: her.handle })
		expect(await isVouched(her)).toBe(false)
	})

	test('stands at a post of somebody new, for whoever may, and never at one without a name', async () => {
		const space = await aSpace('Open', { aliasAllowed: true })
		const [her, known, other] = [await aNew(), await aKnown(), await aMember()]
		const [topic, hidden] = [
			await aTopic({ space, author: her }),
			await aTopic({ space, author: her, alias: 'yes' }),
		]
		const shownTo = async (actor: typeof her, one: { id: string; spaceId: string }) =>
			(await readTopic(actor, 'en', idsOf(one), null)).posts[0]!.vouchable
		expect(await shownTo(known, topic)).toBe(true)
		expect(await shownTo(other, topic)).toBe(false)
		expect(await shownTo(her, topic)).toBe(false)
		expect(await shownTo(known, hidden)).toBe(false)
		await vouch(known, { handle: her.handle })
		expect(await shownTo(known, topic)).toBe(false)
	})
})

describe('where somebody new begins slowly', () => {
	test('she writes three posts a day in the open; the fourth waits, and says how long', async () => {
		const [her, topic] = [await aNew(), await aTopic()]
		const key = crypto.randomUUID()
		for (let n = 0; n < 3; n++) await anAnswer(topic, { author: her, ...{ key } })
		for (let n = 0; n < 2; n++) await anAnswer(topic, { author: her })
		const refused = await refusal(anAnswer(topic, { author: her }))
		expect(refused).toMatchObject({ code: 'forbidden', fields: { '': 'vouch:slow.post' } })
		expect(refused!.details.count).toBe(24)
		// What is not open to everyone is not counted.
		const inner = await aSpace('Inner', { access: 'invited' })
		expect(inner.id).toBeDefined()
	})

	test('she says one thing a minute in an open room, and as much as she likes between two', async () => {
		const [her, other] = [await aNew(), await aMember()]
		const [open, between] = [await anOpenRoom(), await aPrivateRoom(her, other)]
		const say = (room: string, key: string = crypto.randomUUID()) =>
			sendMessage(her, { room, key, body: 'Hello' })
		const key = crypto.randomUUID()
		await say(open, key)
		await say(open, key)
		expect(await refusal(say(open))).toMatchObject({ code: 'too-many', details: { count: 1 } })
		for (let n = 0; n < 3; n++) expect(isHeld(await say(between))).toBe(false)
	})

	test('she reports from the first minute', async () => {
		const [her, topic] = [await aNew(), await aTopic()]
		const [post] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		const reported = await aReport({ by: her, id: post!.id })
		expect(reported.caseId).toBeDefined()
	})

	test('nothing of it holds for who is known, or where first posts are open', async () => {
		const [known, topic] = [await aMember(), await aTopic()]
		for (let n = 0; n < 5; n++) await anAnswer(topic, { author: known })
		await firstPostsAre('open')
		const her = await aNew()
		for (let n = 0; n < 5; n++) await anAnswer(topic, { author: her })
	})
})

test('where first posts are held, hers wait for a moderator in open spaces, and only hers', async () => {
	await firstPostsAre('hold')
	const [her, known, topic] = [await aNew(), await aMember(), await aTopic()]
	const post = await anAnswer(topic, { author: her })
	expect(post.waits).toBe(true)
	expect((await anAnswer(topic, { author: known })).waits).toBe(false)
	const held = and(eq(cases.subjectId, post.id), eq(cases.origin, 'first'))
	expect(await db.$count(cases, held)).toBe(1)
})
