import { asc, eq, sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { notices } from '~/db/schema/ties'
import { readFigures } from '~/features/mentoring/figures/figures-lists.server'
import { lapseOverdue } from '~/features/mentoring/finding/lapses.server'
import * as line from '~/features/mentoring/finding/line.server'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { mentoringPlaces } from '~/features/mentoring/notice-places.server'
import type { Actor } from '~/platform/actor'
import * as log from '~/platform/log.server'
import { aMatchAs } from '../../factories/matches'
import { aMember } from '../../factories/members'
import { act, aMatch, aMentor, asked } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aWaitingMember } from '../../factories/rounds'

const many = <T>(count: number, make: (at: number) => Promise<T>) =>
	Promise.all(Array.from({ length: count }, (_, at) => make(at)))

/** As if that much time had gone by since this was asked. */
const letPass = (match: string, hours: number) =>
	db
		.update(matches)
		.set({ askedAt: sql`${matches.askedAt} - make_interval(hours => ${hours})` })
		.where(eq(matches.id, match))

const statusOf = async (id: string) => {
	const [match] = await db.select().from(matches).where(eq(matches.id, id))
	return match?.status
}
const offerOf = async (mentor: Actor) => {
	const [offer] = await db.select().from(mentorOffers).where(eq(mentorOffers.memberId, mentor.id))
	return offer!
}
async function toldOf(member: { id: string }) {
	const rows = await db
		.select({ kind: notices.kind })
		.from(notices)
		.where(eq(notices.memberId, member.id))
		.orderBy(asc(notices.kind))
	return rows.map(({ kind }) => kind)
}

describe('a request left without an answer', () => {
	test('lapses after 72 hours and not before, and is passed on', async () => {
		const her = await aMember()
		const [one, two] = [await aMentor(), await aMentor()]
		const [first, second] = [await asked(her, one), await asked(her, two)]
		await letPass(first, 71)
		expect(await lapseOverdue()).toBe(0)
		expect(await statusOf(first)).toBe('asked')
		await letPass(first, 1)
		expect(await lapseOverdue()).toBe(1)
		expect([await statusOf(first), await statusOf(second)]).toEqual(['lapsed', 'asked'])
		expect([await toldOf(one), await toldOf(two), await toldOf(her)]).toEqual([
			[],
			['mentoring.asked'],
			['mentoring.passedOn'],
		])
		// The next one has three days of her own, and nothing happens twice.
		expect(await lapseOverdue()).toBe(0)
		expect((await offerOf(one)).lapses).toBe(1)
	})

	test('with nobody left in line she is told, and waits as she did', async () => {
		const her = await aWaitingMember({})
		const [before] = await db.select().from(mentoringWishes)
		const match = await asked(her, await aMentor())
		await letPass(match, 73)
		await lapseOverdue()
		expect(await toldOf(her)).toEqual(['mentoring.lineEnded'])
		const [after] = await db.select().from(mentoringWishes)
		expect(after!.waitingSince).toEqual(before!.waitingSince)
	})

	test('two of them pause the offer, kindly; an answer in between counts from the start', async () => {
		const mentor = await aMentor({ capacity: 5 })
		const lapse = async () => {
			await letPass(await asked(await aMember(), mentor), 73)
			await lapseOverdue()
		}
		await lapse()
		await act(mentor, await asked(await aMember(), mentor), 'decline')
		await lapse()
		expect(await offerOf(mentor)).toMatchObject({ status: 'vetted', lapses: 1 })
		await lapse()
		expect(await offerOf(mentor)).toMatchObject({ status: 'paused', pausedBy: 'lapses', lapses: 2 })
		expect(await toldOf(mentor)).toEqual(['mentoring.offerPaused'])
		const [told] = await db.select().from(notices).where(eq(notices.memberId, mentor.id))
		const places = await mentoringPlaces(mentor, [told!])
		expect(places.get(told!.id)).toEqual({ path: '/mentoring/offer' })
		const [grant] = await db.select().from(grants).where(eq(grants.memberId, mentor.id))
		expect(grant!.endedAt).not.toBeNull()
	})

	test('an offer that a coordinator paused stays paused by her', async () => {
		const mentor = await aMentor({ capacity: 5 })
		const requests = await many(3, async () => asked(await aMember(), mentor))
		await db.update(mentorOffers).set({ status: 'paused', pausedBy: 'coordinator' })
		for (const match of requests) await letPass(match, 73)
		expect(await lapseOverdue()).toBe(3)
		expect(await offerOf(mentor)).toMatchObject({ status: 'paused', pausedBy: 'coordinator' })
		expect(await toldOf(mentor)).toEqual([])
	})
})

describe('what a round proposed', () => {
	test('lapses without blame, and nothing of it is told any more', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		await db.delete(notices)
		for (const { id: memberId } of [her, mentor])
			await db.insert(notices).values({ memberId, kind: 'mentoring.proposed', subjectId: match })
		await db.update(matches).set({ status: 'proposed', menteeYesAt: new Date() })
		await letPass(match, 73)
		expect(await lapseOverdue()).toBe(1)
		expect(await statusOf(match)).toBe('lapsed')
		expect((await offerOf(mentor)).lapses).toBe(0)
		expect([await toldOf(her), await toldOf(mentor)]).toEqual([[], []])
	})
})

describe('many at once', () => {
	test('several processes share the work: each request lapses once', async () => {
		const mentors = await many(6, () => aMentor({ capacity: 5 }))
		const requests = await many(12, async (at) => asked(await aMember(), mentors[at % 6]!))
		for (const match of requests) await letPass(match, 73)
		const done = await many(4, lapseOverdue)
		const rest = await lapseOverdue()
		expect(done.reduce((sum, count) => sum + count, rest)).toBe(12)
		for (const mentor of mentors) expect((await offerOf(mentor)).lapses).toBe(2)
	})

	test('a yes in the moment it lapses: one of them', async () => {
		for (let round = 0; round < 6; round += 1) {
			const [her, mentor] = [await aMember(), await aMentor()]
			const match = await asked(her, mentor)
			await letPass(match, 73)
			const [answer] = await Promise.all([codeOf(() => act(mentor, match, 'accept')), lapseOverdue()])
			const status = await statusOf(match)
			expect([`${answer} ${status}`]).toEqual([answer === 'ok' ? 'ok accepted' : 'conflict lapsed'])
			expect(await offerOf(mentor)).toMatchObject(
				status === 'accepted' ? { load: 1, lapses: 0 } : { load: 0, lapses: 1 },
			)
		}
	})

	test('two lines that pass on to each other’s mentors never wait in a circle', async () => {
		for (let round = 0; round < 5; round += 1) {
			const [one, two] = [await aMentor({ capacity: 5 }), await aMentor({ capacity: 5 })]
			const [a, b] = [await aMember(), await aMember()]
			const [first, second] = [await asked(a, one), await asked(b, two)]
			await Promise.all([asked(a, two), asked(b, one)])
			await letPass(first, 73)
			await Promise.all([lapseOverdue(), codeOf(() => act(two, second, 'decline'))])
			expect(await db.$count(matches, eq(matches.status, 'chosen'))).toBe(0)
		}
	})

	test('broken off in the middle nothing has happened, and the others go on', async () => {
		const fault = vi.spyOn(log, 'logFault').mockImplementation(() => undefined)
		const mentors = await many(2, () => aMentor())
		const requests = await many(2, async (at) => asked(await aMember(), mentors[at]!))
		await letPass(requests[0]!, 74)
		await letPass(requests[1]!, 73)
		const broken = vi.spyOn(line, 'passOn')
		broken.mockRejectedValueOnce(new Error('killed'))
		expect(await lapseOverdue()).toBe(1)
		expect(fault).toHaveBeenCalledOnce()
		expect([await statusOf(requests[0]!), (await offerOf(mentors[0]!)).lapses]).toEqual(['asked', 0])
		expect(await statusOf(requests[1]!)).toBe('lapsed')
		expect(await lapseOverdue()).toBe(1)
		expect(await statusOf(requests[0]!)).toBe('lapsed')
	})

	test('while her line is held by someone else it waits for the next minute', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		await letPass(match, 73)
		await db.transaction(async (tx) => {
			await tx.select({ id: members.id }).from(members).where(eq(members.id, her.id)).for('no key update')
			expect(await lapseOverdue()).toBe(0)
		})
		expect(await lapseOverdue()).toBe(1)
	})

	test('a match that goes on never lapses', async () => {
		const match = await aMatch(await aMember(), await aMentor())
		await letPass(match, 1_000)
		expect(await lapseOverdue()).toBe(0)
		expect(await statusOf(match)).toBe('accepted')
	})
})

describe('a woman who is suspended', () => {
	const suspend = (her: Actor) =>
		db.update(members).set({ status: 'suspended' }).where(eq(members.id, her.id))
	const refusal = { code: 'conflict', details: { reason: 'gone' } }

	test('is not said yes to: the mentor reads what she reads of a request that is gone', async () => {
		const her = await aMember()
		const [mentor, next] = [await aMentor({ lapses: 1 }), await aMentor()]
		const [match, chosen] = [await asked(her, mentor), await asked(her, next)]
		await suspend(her)
		expect(await faultsOf(() => act(mentor, match, 'accept'))).toMatchObject(refusal)
		expect(await statusOf(match)).toBe('lapsed')
		expect(await statusOf(chosen)).toBeUndefined()
		expect(await offerOf(mentor)).toMatchObject({ load: 0, lapses: 0, status: 'vetted' })
		expect([await toldOf(mentor), await toldOf(next), await toldOf(her)]).toEqual([
			[],
			[],
			['mentoring.lineEnded'],
		])
	})

	test.each(['mentee', 'mentor'] as const)('nothing a round proposed begins with a %s', async (side) => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('proposed', her, mentor)
		const [gone, other] = side === 'mentee' ? [her, mentor] : [mentor, her]
		await act(gone, match, 'yes')
		await suspend(gone)
		expect(await faultsOf(() => act(other, match, 'yes'))).toMatchObject(refusal)
		expect(await statusOf(match)).toBe('lapsed')
		expect(await offerOf(mentor)).toMatchObject({ load: 0 })
	})

	test('her request lapses without counting against the mentor, anywhere', async () => {
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		const mentor = await aMentor({ lapses: 1 })
		const women = await many(3, () => aMember())
		for (const her of women) {
			const match = await asked(her, mentor)
			await suspend(her)
			await letPass(match, 73)
		}
		expect(await lapseOverdue()).toBe(3)
		expect(await offerOf(mentor)).toMatchObject({ lapses: 1, status: 'vetted', pausedBy: null })
		const { rows } = await readFigures(coordinator, { list: 'lapses', after: null }, async () => new Map())
		expect(rows.map(({ cells }) => cells.slice(1, 3))).toEqual([[{ number: 1 }, { number: 0 }]])
		const looking = await aMember()
		const { mentors } = await listMentors(looking, 'en', { language: 'all', need: null, after: null })
		expect(mentors).toMatchObject([{ id: mentor.id, answersInDays: null }])
	})

	test('suspended while the mentor says yes: either it begins before, or not at all', async () => {
		for (let round = 0; round < 8; round += 1) {
			const [her, mentor] = [await aMember(), await aMentor()]
			const match = await asked(her, mentor)
			const [answer] = await Promise.all([faultsOf(() => act(mentor, match, 'accept')), suspend(her)])
			expect(await statusOf(match)).toBe(answer.code === 'ok' ? 'accepted' : 'lapsed')
			expect((await offerOf(mentor)).load).toBe(answer.code === 'ok' ? 1 : 0)
		}
	})
})
