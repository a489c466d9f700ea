import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { roomsWith } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import { listNotices } from '~/features/members/notice-list.server'
import { endSharedMatches } from '~/features/mentoring/blocks.server'
import { readMatch, readMatchPage } from '~/features/mentoring/together/match-page.server'
import { actOnMatch, lookAgain } from '~/features/mentoring/together/matches.server'
import type { Actor } from '~/platform/actor'
import { aMatchAs, aMatchRow, beganDaysAgo, rowOf } from '../../factories/matches'
import { aMember } from '../../factories/members'
import { act, aMatch, aMentor, asked, ROOMS } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

const offerOf = async (mentor: Actor) => {
	const [offer] = await db.select().from(mentorOffers).where(eq(mentorOffers.memberId, mentor.id))
	return offer!
}
const aWish = (member: Actor) =>
	db
		.insert(mentoringWishes)
		.values({ memberId: member.id, wordsLang: 'en', wordsDir: 'ltr', waitingSince: new Date() })
const waits = async (member: Actor) => {
	const [wish] = await db.select().from(mentoringWishes).where(eq(mentoringWishes.memberId, member.id))
	return wish?.waitingSince !== null
}
const kindsOf = async (actor: Actor) => (await listNotices(actor, null)).notices.map(({ kind }) => kind)
const block = (by: Actor, from: Actor) =>
	db.transaction((tx) => endSharedMatches(ROOMS)(tx, { by: by.id, from: from.id }, () => {}))
const say = (actor: Actor, room: string | null) =>
	codeOf(() => sendMessage(actor, { room, key: crypto.randomUUID(), body: 'hello' }))

describe('a proposal', () => {
	test.each(['mentee', 'mentor'] as const)(
		'begins with the second yes, the %s first: the place is taken, the room is open, she waits no longer',
		async (first) => {
			const [her, mentor] = [await aMember(), await aMentor({ capacity: 1 })]
			await aWish(her)
			const match = await aMatchAs('proposed', her, mentor)
			await aMatchRow(her, await aMentor(), { status: 'chosen', place: 1 })
			const [one, two] = first === 'mentee' ? [her, mentor] : [mentor, her]
			await Promise.all([act(one, match, 'yes'), act(one, match, 'yes')])
			expect(await rowOf(match)).toMatchObject({ status: 'proposed', roomId: null })
			expect((await offerOf(mentor)).load).toBe(0)
			expect(await readMatch(one, match, roomsWith)).toMatchObject({ saidYes: true, acts: ['no'] })
			expect(await readMatch(two, match, roomsWith)).toMatchObject({ saidYes: false, acts: ['yes', 'no'] })
			await act(two, match, 'yes')
			const { roomId } = await readMatch(one, match, roomsWith)
			expect([await say(her, roomId), await say(mentor, roomId)]).toEqual(['ok', 'ok'])
			expect((await offerOf(mentor)).load).toBe(1)
			expect(await waits(her)).toBe(false)
			expect(await db.$count(matches, eq(matches.status, 'chosen'))).toBe(0)
			expect(await kindsOf(one)).toContain('mentoring.accepted')
		},
	)

	test('both say yes at once: one room, one place', async () => {
		for (let round = 0; round < 4; round += 1) {
			const [her, mentor] = [await aMember(), await aMentor()]
			const match = await aMatchAs('proposed', her, mentor)
			const outcomes = await Promise.all([her, mentor].map((who) => codeOf(() => act(who, match, 'yes'))))
			expect(outcomes).toEqual(['ok', 'ok'])
			expect(await rowOf(match)).toMatchObject({ status: 'accepted' })
			expect((await offerOf(mentor)).load).toBe(1)
		}
		expect(await db.$count(rooms)).toBe(4)
	})

	test('two women and the last place, at once: one begins, the other lapses kindly and keeps waiting', async () => {
		const mentor = await aMentor({ capacity: 1 })
		const women = [await aMember(), await aMember()]
		const proposals: string[] = []
		for (const her of women) {
			await aWish(her)
			const match = await aMatchAs('proposed', her, mentor)
			await act(mentor, match, 'yes')
			proposals.push(match)
		}
		const outcomes = await Promise.all(
			women.map((her, at) => faultsOf(() => act(her, proposals[at]!, 'yes'))),
		)
		expect(outcomes.map(({ code }) => code).toSorted()).toEqual(['conflict', 'ok'])
		const late = outcomes.findIndex(({ code }) => code === 'conflict')
		expect(outcomes[late]?.details).toEqual({ reason: 'gone' })
		expect(await rowOf(proposals[late]!)).toMatchObject({ status: 'lapsed', roomId: null })
		expect(await waits(women[late]!)).toBe(true)
		expect(await waits(women[1 - late]!)).toBe(false)
		expect((await offerOf(mentor)).load).toBe(1)
		expect(await db.$count(rooms)).toBe(1)
	})

	test('whose vetting has ended meanwhile begins no more', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('proposed', her, mentor)
		await act(her, match, 'yes')
		await db.update(mentorOffers).set({ validUntil: new Date(Date.now() - 1000) })
		expect(await readMatch(mentor, match, roomsWith)).toMatchObject({ whyNotAccept: 'paused' })
		expect(await faultsOf(() => act(mentor, match, 'yes'))).toMatchObject({ details: { reason: 'gone' } })
		expect(await rowOf(match)).toMatchObject({ status: 'lapsed' })
	})

	test('a no is told as "not now", without who or why', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await aWish(her)
		const match = await aMatchAs('proposed', her, mentor)
		await act(her, match, 'yes')
		await act(mentor, match, 'no')
		expect(await readMatch(her, match, roomsWith)).toMatchObject({ status: 'declined', endedByHer: false })
		expect(await readMatch(mentor, match, roomsWith)).toMatchObject({ status: 'declined', endedByHer: true })
		expect(await faultsOf(() => act(her, match, 'yes'))).toMatchObject({ code: 'conflict' })
		expect(await waits(her)).toBe(true)
	})

	test.each(['mentee', 'mentor'] as const)('a block of the %s between proposal and yes', async (who) => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('proposed', her, mentor)
		await act(mentor, match, 'yes')
		await (who === 'mentee' ? block(her, mentor) : block(mentor, her))
		expect(await codeOf(() => act(her, match, 'yes'))).toBe('conflict')
		expect(await rowOf(match)).toMatchObject({ status: 'declined', roomId: null })
		expect(await db.$count(rooms)).toBe(0)
	})
})

describe('first talks', () => {
	test('with three at most; the fourth cannot begin', async () => {
		const her = await aMember()
		for (let at = 0; at < 3; at += 1) await aMatch(her, await aMentor())
		const mentor = await aMentor()
		const match = await aMatchRow(her, mentor, { status: 'asked' })
		expect(await faultsOf(() => act(mentor, match, 'accept'))).toMatchObject({
			code: 'conflict',
			details: { reason: 'gone' },
		})
		expect(await rowOf(match)).toMatchObject({ status: 'lapsed' })
		expect((await offerOf(mentor)).load).toBe(0)
	})

	test('of five mentors who say yes at once, three begin', async () => {
		const her = await aMember()
		const pairs = []
		for (let at = 0; at < 5; at += 1) {
			const mentor = await aMentor()
			const match = await aMatchAs('proposed', her, mentor)
			await act(her, match, 'yes')
			pairs.push({ mentor, match })
		}
		await Promise.all(pairs.map(({ mentor, match }) => codeOf(() => act(mentor, match, 'yes'))))
		expect(await db.$count(matches, eq(matches.status, 'accepted'))).toBe(3)
		expect(await db.$count(matches, eq(matches.status, 'lapsed'))).toBe(2)
	})

	test('going on with one ends the others, quietly, and nobody else’s', async () => {
		const [her, another] = [await aMember(), await aMember()]
		const [mentor, other] = [await aMentor(), await aMentor()]
		const chosen = await aMatch(her, mentor)
		const left = await aMatch(her, other)
		const untouched = await aMatch(another, other)
		await Promise.all([act(her, chosen, 'settle'), act(her, chosen, 'settle')])
		expect(await readMatch(mentor, chosen, roomsWith)).toMatchObject({ settled: true, status: 'accepted' })
		expect(await readMatch(other, left, roomsWith)).toMatchObject({
			status: 'ended',
			endedByHer: false,
			endedQuietly: true,
		})
		expect(await rowOf(untouched)).toMatchObject({ status: 'accepted' })
		expect([(await offerOf(mentor)).load, (await offerOf(other)).load]).toEqual([1, 1])
	})

	test('two women choose crosswise at once, and none waits for the other for ever', async () => {
		const [one, two] = [await aMember(), await aMember()]
		const [first, second, third] = [await aMentor(), await aMentor(), await aMentor()]
		const ids: string[] = []
		for (const her of [one, two])
			for (const mentor of [first, second, third]) ids.push(await aMatch(her, mentor))
		const outcomes = await Promise.all([
			codeOf(() => act(one, ids[0]!, 'settle')),
			codeOf(() => act(two, ids[5]!, 'settle')),
			codeOf(() => act(second, ids[1]!, 'end')),
		])
		expect(outcomes).toEqual(['ok', 'ok', 'ok'])
		expect(await db.$count(matches, eq(matches.status, 'accepted'))).toBe(2)
		expect((await offerOf(second)).load).toBe(0)
	})
})

describe('a break', () => {
	test.each(['mentee', 'mentor'] as const)('of the %s: nobody writes, only she goes on', async (who) => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		const [one, two] = who === 'mentee' ? [her, mentor] : [mentor, her]
		const { roomId } = await readMatch(one, match, roomsWith)
		await Promise.all([act(one, match, 'pause'), act(one, match, 'pause')])
		expect([await say(one, roomId), await say(two, roomId)]).toEqual(['forbidden', 'forbidden'])
		expect(await readMatch(one, match, roomsWith)).toMatchObject({ pausedBy: 'her', acts: ['resume', 'end'] })
		expect(await readMatch(two, match, roomsWith)).toMatchObject({ pausedBy: 'other', acts: ['end'] })
		expect(await faultsOf(() => act(two, match, 'resume'))).toMatchObject({
			code: 'conflict',
			details: { reason: 'break' },
		})
		// The place stays hers.
		expect((await offerOf(mentor)).load).toBe(1)
		await act(one, match, 'resume')
		expect([await say(one, roomId), await say(two, roomId)]).toEqual(['ok', 'ok'])
	})

	test('can be ended by either, and what has ended is not opened again', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		const { roomId } = await readMatch(her, match, roomsWith)
		await act(her, match, 'pause')
		await act(mentor, match, 'end')
		expect(await codeOf(() => act(her, match, 'resume'))).toBe('conflict')
		expect(await say(her, roomId)).toBe('forbidden')
		expect((await offerOf(mentor)).load).toBe(0)
	})

	test('a block ends it, too', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('paused', her, mentor)
		await block(mentor, her)
		expect(await readMatch(her, match, roomsWith)).toMatchObject({ status: 'ended', endedQuietly: true })
		expect((await offerOf(mentor)).load).toBe(0)
	})
})

test('the zone of the other one, which says where she is, is there while mentoring goes on, and only then', async () => {
	const [her, mentor] = [await aMember(), await aMentor()]
	await db.update(members).set({ zone: 'Europe/Athens' }).where(eq(members.id, her.id))
	await db.update(members).set({ zone: 'Europe/Rome' }).where(eq(members.id, mentor.id))
	const otherZone = async (match: string) => (await readMatch(mentor, match, roomsWith)).zones.other
	const match = await asked(her, mentor)
	expect(await otherZone(match)).toBe('Europe/Rome')
	await act(mentor, match, 'accept')
	expect(await otherZone(match)).toBe('Europe/Athens')
	await act(her, match, 'end')
	expect(await otherZone(match)).toBe('Europe/Rome')
})

describe('the end', () => {
	test.each([
		['no', false],
		['yes', true],
		[undefined, false],
	])('quietly %s: what the other one reads', async (quietly, endedQuietly) => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		const before = await kindsOf(mentor)
		await actOnMatch(ROOMS)(her, { match, intent: 'end', quietly })
		expect(await readMatch(mentor, match, roomsWith)).toMatchObject({ endedByHer: false, endedQuietly })
		// Nothing is sent.
		expect(await kindsOf(mentor)).toEqual(before)
	})

	test.each([
		['after two days of first talks', 2, false, []],
		['after two weeks', 14, false, ['findHome', 'jobSearch']],
		['after two days, once she had chosen her', 2, true, ['findHome', 'jobSearch']],
	])('%s the mentor has helped or not', async (_what, days, settled, helped) => {
		const [her, mentor] = [await aMember(), await aMentor({ helped: ['jobSearch'].filter(() => days > 2) })]
		const match = await aMatchRow(her, mentor, { status: 'asked', needs: ['jobSearch', 'findHome'] })
		await act(mentor, match, 'accept')
		if (settled) await act(her, match, 'settle')
		await beganDaysAgo(match, days)
		await act(her, match, 'end')
		expect((await offerOf(mentor)).helped).toEqual(helped)
	})

	test('she waits for another one, if she had said what she would like; nobody else can for her', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await aWish(her)
		const match = await aMatch(her, mentor)
		expect(await waits(her)).toBe(false)
		expect(await codeOf(() => lookAgain(her, { match }))).toBe('conflict')
		await act(mentor, match, 'end')
		expect(await codeOf(() => lookAgain(mentor, { match }))).toBe('forbidden')
		const stranger = await aMember()
		expect(await codeOf(() => lookAgain(stranger, { match }))).toBe('not-found')
		expect(await waits(her)).toBe(false)
		const other = await aMatch(her, await aMentor())
		await lookAgain(her, { match })
		expect(await waits(her)).toBe(false)
		await act(her, other, 'end')
		await Promise.all([lookAgain(her, { match }), lookAgain(her, { match })])
		expect(await waits(her)).toBe(true)
	})

	test('a woman still in her line does not exist for the mentor, nor has a page', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('chosen', her, mentor)
		for (const actor of [her, mentor]) {
			expect(await codeOf(() => readMatchPage(actor, match, roomsWith))).toBe('not-found')
		}
	})

	test('a no passes her request on to the next in her line', async () => {
		const her = await aMember()
		const [mentor, next] = [await aMentor(), await aMentor()]
		const match = await aMatchAs('asked', her, mentor)
		const chosen = await aMatchRow(her, next, { status: 'chosen', place: 1 })
		await db.update(mentorOffers).set({ lapses: 1 }).where(eq(mentorOffers.memberId, mentor.id))
		await act(mentor, match, 'decline')
		expect(await rowOf(chosen)).toMatchObject({ status: 'asked' })
		expect((await offerOf(mentor)).lapses).toBe(0)
		expect(await kindsOf(next)).toContain('mentoring.asked')
		await act(next, chosen, 'accept')
		expect(await db.$count(matches, and(eq(matches.menteeId, her.id), eq(matches.status, 'accepted')))).toBe(
			1,
		)
	})
})
