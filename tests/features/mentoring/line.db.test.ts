import { and, asc, eq, inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { blocks, notices } from '~/db/schema/ties'
import { askMentor, readAsk } from '~/features/mentoring/finding/asks.server'
import { nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { leaveLine, moveInLine } from '~/features/mentoring/finding/line.server'
import { changeNoMatch } from '~/features/mentoring/finding/no-match.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import { waitingForHer } from '~/features/mentoring/waiting.server'
import type { Actor } from '~/platform/actor'
import { aMember, anOrganisation } from '../../factories/members'
import { act, aMatch, aMentor, aRequest, asked } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aWaitingMember } from '../../factories/rounds'

const NO_ROOMS = async () => new Set<string>()
const many = <T>(count: number, make: (at: number) => Promise<T>) =>
	Promise.all(Array.from({ length: count }, (_, at) => make(at)))

/** Her requests and those in line, as "handle status", in the order of the line. */
async function lineOf(her: Actor) {
	const rows = await db
		.select({ handle: members.handle, status: matches.status })
		.from(matches)
		.innerJoin(members, eq(members.id, matches.mentorId))
		.where(and(eq(matches.menteeId, her.id), inArray(matches.status, ['asked', 'chosen'])))
		.orderBy(asc(matches.status), asc(matches.place))
	return rows.map(({ handle, status }) => `${handle} ${status}`)
}

async function toldOf(member: { id: string }) {
	const rows = await db
		.select({ kind: notices.kind })
		.from(notices)
		.where(eq(notices.memberId, member.id))
		.orderBy(asc(notices.kind))
	return rows.map(({ kind }) => kind)
}

const mentors = (...handles: string[]) => Promise.all(handles.map((handle) => aMentor({}, handle)))

/** Asks them one after the other. */
async function asksAll(her: Actor, those: readonly Actor[]) {
	const ids: string[] = []
	for (const mentor of those) ids.push(await asked(her, mentor))
	return ids
}

/** Members without all that comes with joining. */
async function manyMembers(count: number): Promise<Actor[]> {
	const someone = await aMember()
	const rows = await db
		.insert(members)
		.values(
			Array.from({ length: count }, (_, at) => ({
				handle: `One of many ${at}`,
				skeleton: `one of many ${at}`,
				passphraseHash: 'none',
				rulesVersion: 'test',
			})),
		)
		.returning({ id: members.id, handle: members.handle })
	return rows.map((row) => ({ ...someone, ...row }))
}

const outcomeOf = (her: Actor, mentor: { id: string }) => faultsOf(() => askMentor(her, aRequest(mentor)))

describe('asking and standing in line', () => {
	test('the first is asked at once and told, the next two stand in line and know nothing', async () => {
		const her = await aMember()
		const [one, two, three, four] = await mentors('One', 'Two', 'Three', 'Four')
		await asksAll(her, [one!, two!, three!])
		expect(await lineOf(her)).toEqual(['One asked', 'Two chosen', 'Three chosen'])
		expect(await toldOf(one!)).toEqual(['mentoring.asked'])
		expect(await toldOf(two!)).toEqual([])
		expect(await outcomeOf(her, four!)).toMatchObject({ code: 'conflict', details: { reason: 'several' } })
		expect(await outcomeOf(her, two!)).toMatchObject({ code: 'conflict', details: { reason: 'chosen' } })
		expect(await outcomeOf(her, one!)).toMatchObject({ code: 'conflict', details: { reason: 'open' } })
	})

	test('who stands in line sees nothing of it on any page', async () => {
		const her = await aMember()
		const [one, two] = await mentors('One', 'Two')
		const [, chosen] = await asksAll(her, [one!, two!])
		const theirs = await readMentoring(two!, NO_ROOMS)
		expect([theirs.toAnswer, theirs.running, theirs.past]).toEqual([[], [], []])
		expect((await waitingForHer(two!, NO_ROOMS)).toAnswer).toBe(0)
		expect((await waitingForHer(one!, NO_ROOMS)).toAnswer).toBe(1)
		expect(await codeOf(() => act(two!, chosen!, 'accept'))).toBe('not-found')
		expect(await codeOf(() => act(two!, chosen!, 'decline'))).toBe('not-found')
	})

	test('her overview shows who is asked and until when, and the others in order', async () => {
		const her = await aMember()
		const [one, two, three] = await mentors('One', 'Two', 'Three')
		const before = Date.now()
		await asksAll(her, [one!, two!, three!])
		const { line, requests } = await readMentoring(her, NO_ROOMS)
		expect(line.map(({ other }) => other)).toEqual(['One', 'Two', 'Three'])
		expect(line[0]!.answersBy!.getTime()).toBeGreaterThan(before + 71.9 * 3_600_000)
		expect(line[0]!.answersBy!.getTime()).toBeLessThan(Date.now() + 72.1 * 3_600_000)
		expect(line[1]!.answersBy).toBeNull()
		expect(requests).toEqual([])
	})

	test('two mentors asked from two tabs at once: one is asked, one stands in line', async () => {
		for (let round = 0; round < 5; round += 1) {
			const her = await aMember()
			const two = await many(2, () => aMentor())
			const made = await many(2, (at) => askMentor(her, aRequest(two[at]!)))
			expect(made.map(({ status }) => status).sort()).toEqual(['asked', 'chosen'])
		}
	})

	test('of 300 women who ask one mentor at once ten wait for her; the next can put her into a line', async () => {
		const mentor = await aMentor({ capacity: 5 })
		const women = await manyMembers(300)
		const outcomes = await many(300, (at) => outcomeOf(women[at]!, mentor))
		expect(outcomes.filter(({ code }) => code === 'ok')).toHaveLength(10)
		expect(outcomes.filter(({ details }) => details?.reason === 'busy')).toHaveLength(290)
		expect(await db.$count(matches)).toBe(10)
		const late = await aMember()
		expect(await readAsk(late, mentor.id)).toMatchObject({ whyNot: 'busy' })
		await asked(late, await aMentor({}, 'Another'))
		expect(await readAsk(late, mentor.id)).toMatchObject({ whyNot: null, inLine: true })
		expect((await askMentor(late, aRequest(mentor))).status).toBe('chosen')
	}, 60_000)

	test('with three first talks she chooses one before she asks on', async () => {
		const her = await aMember()
		const talks = await many(3, () => aMentor())
		for (const mentor of talks) await aMatch(her, mentor)
		const next = await aMentor()
		expect(await outcomeOf(her, next)).toMatchObject({ code: 'conflict', details: { reason: 'talks' } })
		await db.update(matches).set({ settledAt: new Date() }).where(eq(matches.mentorId, talks[0]!.id))
		expect(await outcomeOf(her, next)).toEqual({ code: 'ok' })
	})
})

/** Ways in which a mentor becomes someone she can neither find nor ask. */
const HIDING: [string, (her: Actor, mentor: Actor) => Promise<unknown>][] = [
	['blocks her', (her, mentor) => db.insert(blocks).values({ blockerId: mentor.id, blockedId: her.id })],
	[
		'is blocked by her',
		(her, mentor) => db.insert(blocks).values({ blockerId: her.id, blockedId: mentor.id }),
	],
	[
		'is on her list of people never to meet',
		(her) => db.transaction((tx) => changeNoMatch(tx, her.id, { lines: ['m e n t o r X'], forget: false })),
	],
	[
		'has her on such a list',
		(her, mentor) =>
			db.transaction((tx) => changeNoMatch(tx, mentor.id, { lines: [her.handle], forget: false })),
	],
	[
		'is suspended',
		(_her, mentor) => db.update(members).set({ status: 'suspended' }).where(eq(members.id, mentor.id)),
	],
	[
		'is paused',
		(_her, mentor) =>
			db.update(mentorOffers).set({ status: 'paused' }).where(eq(mentorOffers.memberId, mentor.id)),
	],
	[
		'is no longer vetted',
		(_her, mentor) =>
			db.update(mentorOffers).set({ validUntil: new Date() }).where(eq(mentorOffers.memberId, mentor.id)),
	],
	[
		'is not trained',
		(_her, mentor) =>
			db.update(mentorOffers).set({ trainedAt: null }).where(eq(mentorOffers.memberId, mentor.id)),
	],
]

describe('whom she cannot ask: hidden and missing are the same', () => {
	test.each(HIDING)('a mentor who %s', async (_what, hide) => {
		const her = await aWaitingMember({})
		const mentor = await aMentor({}, 'Mentor X')
		expect(await readAsk(her, mentor.id)).toMatchObject({ whyNot: null })
		await hide(her, mentor)
		expect(await codeOf(() => readAsk(her, mentor.id))).toBe('not-found')
		expect(await codeOf(() => askMentor(her, aRequest(mentor)))).toBe('not-found')
	})

	test.each([
		['from her town', { townHash: townHash('Lesbos') }, { townHash: townHash(' LÉSBOS!') }],
		['of an unknown town', { townHash: townHash('Lesbos') }, { townHash: null }],
		['of her community', { communityHash: 'SY' }, { communityHash: 'SY' }],
		['of an unknown community', { communityHash: 'SY' }, { communityHash: null }],
	])('a mentor %s, where that is a limit of hers', async (_what, limit, has) => {
		const her = await aWaitingMember(limit)
		const [hidden, seen] = [
			await aMentor(has),
			await aMentor({ townHash: townHash('Milan'), communityHash: 'ER' }),
		]
		expect(await codeOf(() => readAsk(her, hidden.id))).toBe('not-found')
		expect(await codeOf(() => readAsk(her, seen.id))).toBe('ok')
	})

	test('a mentor of an organisation she does not trust', async () => {
		const [trusted, other] = [await anOrganisation('Trusted'), await anOrganisation('Other')]
		const her = await aWaitingMember({ organisations: [trusted.id] })
		const outcome = async (organisationId: string | null) => {
			const mentor = await aMentor({ organisationId })
			return codeOf(() => askMentor(her, aRequest(mentor)))
		}
		expect([await outcome(trusted.id), await outcome(other.id), await outcome(null)]).toEqual([
			'ok',
			'not-found',
			'not-found',
		])
	})
})

describe('passing on', () => {
	test('a no asks the next and tells both; a yes drops the rest', async () => {
		const her = await aMember()
		const [one, two, three] = await mentors('One', 'Two', 'Three')
		const [first, second] = await asksAll(her, [one!, two!, three!])
		await act(one!, first!, 'decline')
		expect(await lineOf(her)).toEqual(['Two asked', 'Three chosen'])
		expect(await toldOf(two!)).toEqual(['mentoring.asked'])
		expect(await toldOf(her)).toEqual(['mentoring.passedOn'])
		await act(two!, second!, 'accept')
		expect(await lineOf(her)).toEqual([])
		expect(await toldOf(three!)).toEqual([])
	})

	test('taking back asks the next, and tells her nothing she did herself', async () => {
		const her = await aMember()
		const [one, two] = await mentors('One', 'Two')
		const [first] = await asksAll(her, [one!, two!])
		await act(her, first!, 'withdraw')
		expect(await lineOf(her)).toEqual(['Two asked'])
		expect([await toldOf(her), await toldOf(one!), await toldOf(two!)]).toEqual([[], [], ['mentoring.asked']])
	})

	test('nobody left in line: she is told', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await act(mentor, await asked(her, mentor), 'decline')
		expect(await toldOf(her)).toEqual(['mentoring.lineEnded'])
	})

	test.each([
		...HIDING,
		[
			'is full',
			(_her: Actor, mentor: Actor) =>
				db.update(mentorOffers).set({ capacity: 0 }).where(eq(mentorOffers.memberId, mentor.id)),
		] as const,
		[
			'has ten requests',
			async (_her: Actor, mentor: Actor) => {
				await many(10, async () => asked(await aMember(), mentor))
			},
		] as const,
	])('goes past a mentor who by then %s', async (_what, hide) => {
		const her = await aWaitingMember({})
		const [one, gone, last] = await mentors('One', 'Mentor X', 'Last')
		const [first] = await asksAll(her, [one!, gone!, last!])
		await hide(her, gone!)
		await act(one!, first!, 'decline')
		expect(await lineOf(her)).toEqual(['Last asked'])
		expect(await db.$count(matches, and(eq(matches.menteeId, her.id), eq(matches.mentorId, gone!.id)))).toBe(
			0,
		)
	})

	test('a no while she adds one more: nobody is forgotten', async () => {
		for (let round = 0; round < 5; round += 1) {
			const her = await aMember()
			const [one, two] = [await aMentor({}, `One ${round}`), await aMentor({}, `Two ${round}`)]
			const first = await asked(her, one)
			await Promise.all([act(one, first, 'decline'), askMentor(her, aRequest(two))])
			expect(await lineOf(her)).toEqual([`Two ${round} asked`])
		}
	})
})

describe('putting the line in order', () => {
	async function aLine() {
		const her = await aMember()
		const [one, two, three] = await mentors('One', 'Two', 'Three')
		const [first, second, third] = await asksAll(her, [one!, two!, three!])
		return { her, first: first!, second: second!, third: third!, mentor: one! }
	}

	test.each([
		['third', 'up', ['One asked', 'Three chosen', 'Two chosen']],
		['third', 'down', ['One asked', 'Two chosen', 'Three chosen']],
		['second', 'down', ['One asked', 'Three chosen', 'Two chosen']],
		['second', 'up', ['One asked', 'Two chosen', 'Three chosen']],
		['second', 'remove', ['One asked', 'Three chosen']],
		['first', 'remove', ['One asked', 'Two chosen', 'Three chosen']],
	] as const)('the %s one %s', async (which, move, after) => {
		const line = await aLine()
		await moveInLine(line.her, { match: line[which], move })
		await moveInLine(line.her, { match: crypto.randomUUID(), move })
		expect(await lineOf(line.her)).toEqual(after)
	})

	test('only her own', async () => {
		const { her, second, mentor } = await aLine()
		for (const other of [await aMember(), mentor]) await moveInLine(other, { match: second, move: 'remove' })
		expect(await lineOf(her)).toHaveLength(3)
		expect(await codeOf(() => moveInLine(her, { match: 'no id', move: 'up' }))).toBe('invalid')
		expect(await codeOf(() => moveInLine(her, { match: second, move: 'sideways' }))).toBe('invalid')
	})

	test('leaving it drops those who were never asked', async () => {
		const { her } = await aLine()
		await db.transaction((tx) => leaveLine(tx, her.id))
		expect(await lineOf(her)).toEqual(['One asked'])
	})
})

test('a name is the same however it is typed', () => {
	expect(nameHash('M e n t o r  X')).toBe(nameHash('mentor x'))
})
