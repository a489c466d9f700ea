import { eq, sql } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { auditLog, members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRounds } from '~/db/schema/rounds'
import { notices } from '~/db/schema/ties'
import { mentoringFeedback } from '~/db/schema/together'
import { lastWordIn } from '~/features/chat/silence.server'
import { remindBoth } from '~/features/mentoring/figures/coordinator-lists-quiet.server'
import { LISTS, type Mood } from '~/features/mentoring/figures/figures'
import { countFreePlaces, countWaiting, listLanguages } from '~/features/mentoring/figures/figures.server'
import { figuresFile, readFigures } from '~/features/mentoring/figures/figures-lists.server'
import type { Actor } from '~/platform/actor'
import { csv } from '~/platform/csv'
import { aMatchRow } from '../../factories/matches'
import { aMember, anOrganisation } from '../../factories/members'
import { aMatch, aMentor } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aCoordinator, aWaitingMember, belongTo, daysAgo } from '../../factories/rounds'

const read = (actor: Actor, list: string, after: string | null = null) =>
	readFigures(actor, { list, after }, lastWordIn)
const ids = async (actor: Actor, list: string) => (await read(actor, list)).rows.map(({ id }) => id)
const file = (actor: Actor, list: string, locale = 'en') => figuresFile(actor, list, locale, lastWordIn)

/** Mentoring of the two that began so many days ago; the last word in it, if there was one, so many. */
async function aRunningMatch(days: number, lastWord: number | null, [mentee, mentor]: [Actor, Actor]) {
	const id = await aMatch(mentee, mentor)
	const [match] = await db
		.update(matches)
		.set({ answeredAt: daysAgo(days) })
		.where(eq(matches.id, id))
		.returning()
	if (lastWord !== null)
		await db.insert(messages).values({
			roomId: match!.roomId!,
			seq: 1,
			changedSeq: 1,
			authorId: mentee.id,
			key: crypto.randomUUID(),
			body: 'our own words',
			dir: 'ltr',
			createdAt: daysAgo(lastWord),
		})
	return id
}
const aPair = async (): Promise<[Actor, Actor]> => [await aMember(), await aMentor()]

describe('who may read them', () => {
	test('coordinators, and nobody else', async () => {
		const strangers = [await aMember(), await aMentor(), await aMember({ roles: [{ role: 'moderator' }] })]
		for (const actor of strangers) {
			expect(await codeOf(() => read(actor, 'waiting'))).toBe('not-found')
			expect(await codeOf(() => file(actor, 'waiting'))).toBe('not-found')
		}
		const coordinator = await aCoordinator()
		for (const list of LISTS) expect(await codeOf(() => read(coordinator, list))).toBe('ok')
		expect((await read(coordinator, 'nothing')).list).toBe('waiting')
		expect(await codeOf(() => file(coordinator, 'nothing'))).toBe('not-found')
	})

	test('one of an organisation sees its own women and mentors, and women of none', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		const [own, none, other] = [await aWaitingMember(), await aWaitingMember(), await aWaitingMember()]
		await belongTo(own, centre.id)
		await belongTo(other, house.id)
		const mentor = await aMentor({ organisationId: centre.id })
		await aMentor({ organisationId: house.id })
		const coordinator = await aCoordinator(centre.id)
		expect((await ids(coordinator, 'waiting')).sort()).toEqual([own.id, none.id].sort())
		expect(await ids(coordinator, 'load')).toEqual([mentor.id])
		expect(await listLanguages([centre.id])).toEqual([{ tag: 'en', waiting: 2, free: 2 }])
		expect(await ids(await aCoordinator(), 'load')).toHaveLength(2)
	})

	test('what the two write is in no list and no file', async () => {
		const coordinator = await aCoordinator()
		await aWaitingMember({ words: 'our own words' })
		await aRunningMatch(60, 30, await aPair())
		for (const list of LISTS) {
			const shown = JSON.stringify(await read(coordinator, list)) + (await file(coordinator, list))
			expect(shown).not.toContain('our own words')
		}
	})
})

describe('the lists', () => {
	test('who waits, longest first, in pages, each woman once', async () => {
		const coordinator = await aCoordinator()
		const women = []
		for (let count = 0; count < 33; count += 1)
			women.push(await aWaitingMember({ waitingSince: daysAgo(100 - count) }))
		await aWaitingMember({ waitingSince: null })
		const gone = await aWaitingMember()
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, gone.id))
		const queries = vi.spyOn(pool, 'unsafe')
		const first = await read(coordinator, 'waiting')
		expect(queries).toHaveBeenCalledTimes(2)
		const second = await read(coordinator, 'waiting', first.next)
		expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(women.map(({ id }) => id))
		expect([first.rows.length, second.next, second.first]).toEqual([30, null, false])
	})

	test('since when, as bars', async () => {
		for (const days of [1, 6, 8, 29, 31, 91, 400]) await aWaitingMember({ waitingSince: daysAgo(days) })
		expect((await countWaiting(null)).map(({ count }) => count)).toEqual([2, 2, 1, 2])
	})

	test('lapses: in a row, lately, paused by them', async () => {
		const coordinator = await aCoordinator()
		const two = await aMentor({ lapses: 2, status: 'paused', pausedBy: 'lapses' })
		const lately = await aMentor()
		await aMentor()
		for (const days of [3, 29, 40])
			await db.insert(matches).values({
				menteeId: (await aMember()).id,
				mentorId: lately.id,
				key: crypto.randomUUID(),
				status: 'lapsed',
				askedAt: daysAgo(days),
				needs: [],
				wordsLang: 'en',
				wordsDir: 'ltr',
			})
		// What a round proposed to her, and one of the two left: nobody's fault.
		const [round] = await db
			.insert(mentoringRounds)
			.values({ seed: 's', drawnAt: new Date(), inputHash: 'h' })
			.returning()
		await aMatchRow(await aMember(), lately, { status: 'lapsed', roundId: round!.id })
		const { rows } = await read(coordinator, 'lapses')
		expect(rows.map(({ id, cells }) => [id, ...cells.slice(1)])).toEqual([
			[two.id, { number: 2 }, { number: 0 }, { word: 'paused' }],
			[lately.id, { number: 0 }, { number: 2 }, { word: 'active' }],
		])
	})

	test('load, and free places as bars', async () => {
		const coordinator = await aCoordinator()
		const over = await aMentor({ capacity: 3, load: 3 })
		await db.update(mentorOffers).set({ capacity: 1 }).where(eq(mentorOffers.memberId, over.id))
		await aMentor({ capacity: 2, load: 2 })
		await aMentor({ capacity: 4 })
		await aMentor({ capacity: 3, load: 1, validUntil: daysAgo(1) })
		const { rows } = await read(coordinator, 'load')
		expect(rows.map(({ cells }) => cells.at(-1))).toEqual([
			{ word: 'over' },
			{ word: 'full' },
			{ word: 'expired' },
			{ word: 'active' },
		])
		expect(await countFreePlaces(null)).toEqual([
			{ free: 0, count: 2 },
			{ free: 4, count: 1 },
		])
	})

	test('languages, the shortest of mentors first', async () => {
		await aMentor({ languages: { ar: 'well', it: 'well' }, capacity: 3 })
		await aMentor({ languages: { ti: 'well' }, validUntil: daysAgo(1) })
		for (let count = 0; count < 2; count += 1) await aWaitingMember({ languages: ['ti', 'it'] })
		await aWaitingMember({ languages: ['ar'] })
		expect(await listLanguages(null)).toEqual([
			{ tag: 'ti', waiting: 2, free: 0 },
			{ tag: 'it', waiting: 2, free: 3 },
			{ tag: 'ar', waiting: 1, free: 3 },
		])
	})

	/** Answers given in the quarter that lies so many back. */
	async function answers(moods: readonly Mood[], quartersBack: number, pair = aPair) {
		const day = sql<Date>`(date_trunc('quarter', now() at time zone 'UTC')
			- make_interval(months => ${3 * quartersBack}) + interval '3 days') at time zone 'UTC'`
		for (const mood of moods) {
			const [her, mentor] = await pair()
			const matchId = await aMatchRow(her, mentor, { status: 'ended' })
			await db.insert(mentoringFeedback).values({ matchId, memberId: her.id, mood, at: day })
		}
	}
	const bandsOf = async (actor: Actor) =>
		(await read(actor, 'feedback')).rows.map(({ cells }) =>
			cells.slice(1).map((cell) => Object.values(cell)[0]),
		)
	const FIVE: Mood[] = ['good', 'good', 'bad', 'middling', 'good']

	test('feedback only of quarters that are over and had five answers, and only in bands', async () => {
		const coordinator = await aCoordinator()
		await answers(['bad', ...FIVE, 'good', 'good'], 0)
		await answers(['bad', 'bad', 'bad', 'bad'], 1)
		await answers([...FIVE, 'good', 'good', 'good', 'good'], 2)
		await answers(Array(11).fill('bad'), 4)
		await answers(FIVE, 5)
		expect(await bandsOf(coordinator)).toEqual([
			['over4', 'under5', 'under5'],
			['under5', 'under5', 'over9'],
		])
		expect(await file(coordinator, 'feedback')).toMatch(/^Three months,Good,So-so,Not good\r\n/)
	})

	test.each([0, 1, 2, 3])('one answer more, in the quarter %i back, shows no mood', async (back) => {
		const coordinator = await aCoordinator()
		await answers(FIVE, 1)
		await answers(FIVE, 2)
		const before = await file(coordinator, 'feedback')
		await answers(['bad'], back)
		expect(await file(coordinator, 'feedback')).toBe(before)
	})

	test('nor does what one coordinator sees beside what another one sees', async () => {
		const centre = await anOrganisation()
		await answers(FIVE, 1, async () => [await aMember(), await aMentor({ organisationId: centre.id })])
		await answers(['bad'], 1)
		const [own, everyones] = [await aCoordinator(centre.id), await aCoordinator()]
		expect(await bandsOf(own)).toEqual(await bandsOf(everyones))
	})
})

describe('quiet mentoring', () => {
	test('where nobody has written for 14 days and nobody pauses, the quietest first', async () => {
		const coordinator = await aCoordinator()
		const never = await aRunningMatch(20, null, await aPair())
		const long = await aRunningMatch(60, 40, await aPair())
		await aRunningMatch(60, 13, await aPair())
		await aRunningMatch(13, null, await aPair())
		const paused = await aRunningMatch(60, 40, await aPair())
		await db.update(matches).set({ pausedAt: sql`now()` }).where(eq(matches.id, paused))
		const ended = await aRunningMatch(60, 40, await aPair())
		await db.update(matches).set({ status: 'ended' }).where(eq(matches.id, ended))
		expect(await ids(coordinator, 'quiet')).toEqual([long, never])
	})

	test('is not there for a coordinator of another organisation', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		const [mentee, mentor] = [await aMember(), await aMentor({ organisationId: centre.id })]
		await belongTo(mentee, centre.id)
		const match = await aRunningMatch(60, 40, [mentee, mentor])
		const [own, other] = [await aCoordinator(centre.id), await aCoordinator(house.id)]
		expect([await ids(own, 'quiet'), await ids(other, 'quiet')]).toEqual([[match], []])
		expect(await codeOf(() => remindBoth(lastWordIn)(other, { match }))).toBe('not-found')
	})

	test('both are reminded kindly, once a week, by whomever', async () => {
		const [mentee, mentor] = await aPair()
		const match = await aRunningMatch(60, 40, [mentee, mentor])
		const coordinators = [await aCoordinator(), await aCoordinator()]
		const outcomes = await Promise.all(
			coordinators.map((actor) => codeOf(() => remindBoth(lastWordIn)(actor, { match }))),
		)
		expect(outcomes.sort()).toEqual(['conflict', 'ok'])
		const told = await db.select().from(notices).where(eq(notices.kind, 'mentoring.quiet'))
		expect(told.map(({ memberId, times }) => [memberId, times]).sort()).toEqual(
			[
				[mentee.id, 1],
				[mentor.id, 1],
			].sort(),
		)
		expect(await faultsOf(() => remindBoth(lastWordIn)(coordinators[0]!, { match }))).toMatchObject({
			details: { reason: 'reminded' },
		})
		expect((await read(coordinators[0]!, 'quiet')).rows[0]?.remind).toBe(false)
		await db.update(notices).set({ at: daysAgo(8) })
		expect(await codeOf(() => remindBoth(lastWordIn)(coordinators[0]!, { match }))).toBe('ok')
		const audited = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.subjectId, match))
			.orderBy(auditLog.seq)
		expect(audited.map(({ action }) => action)).toEqual(['mentoring.remindQuiet', 'mentoring.remindQuiet'])
	})

	test.each(['not quiet', 'no match', 'a stranger'])('no reminder: %s', async (what) => {
		const match =
			what === 'no match'
				? crypto.randomUUID()
				: await aRunningMatch(60, what === 'not quiet' ? 2 : 40, await aPair())
		const actor = what === 'a stranger' ? await aMember() : await aCoordinator()
		expect(await codeOf(() => remindBoth(lastWordIn)(actor, { match }))).toBe('not-found')
		expect(await db.$count(notices, eq(notices.kind, 'mentoring.quiet'))).toBe(0)
	})
})

describe('files', () => {
	test('a formula in a name stays text', async () => {
		const coordinator = await aCoordinator()
		await aWaitingMember(
			{ languages: ['ar'], needs: ['cv', 'doctor'], waitingSince: new Date('2026-03-02T09:00:00Z') },
			'-2+3, "Amina"',
		)
		const text = await file(coordinator, 'waiting')
		expect(text).toBe(
			'Woman,Waits since,Languages,Help with,State\r\n"\'-2+3, ""Amina""",2026-03-02,Arabic,CV and Seeing a doctor,Takes part in rounds\r\n'.replace(
				'CV and Seeing a doctor',
				text.split(',').at(-2)!,
			),
		)
		expect(text.charCodeAt(0)).not.toBe(0xfeff)
		expect(await file(coordinator, 'waiting', 'ar')).toContain('المرأة')
	})

	test.each([
		['=1+1', "'=1+1"],
		['+1', "'+1"],
		['-1', "'-1"],
		['@x', "'@x"],
		['\tx', "'\tx"],
		['\rx', '"\'\rx"'],
		['a,b', '"a,b"'],
		['a"b', '"a""b"'],
		['a\nb', '"a\nb"'],
		['سلام', 'سلام'],
		['', ''],
		[-5, '-5'],
	])('a cell of %j', (value, written) => {
		expect(csv([[value, 'x']])).toBe(`${written},x\r\n`)
	})
})
