import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import { blocks } from '~/db/schema/ties'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { drawRound, dropRound, listRounds, workOf } from '~/features/mentoring/rounds/rounds.server'
import { findMentor, oneMoreInRound, whyNotInRound } from '~/features/mentoring/rounds/rounds-answers.server'
import { moveInRound, readWomanOfRound } from '~/features/mentoring/rounds/rounds-edit.server'
import { readRound } from '~/features/mentoring/rounds/rounds-pairs.server'
import { inRoundThread } from '~/features/mentoring/rounds/rounds-thread.server'
import type { Actor } from '~/platform/actor'
import { LIMITS, take } from '~/platform/limits.server'
import { aMember, anOrganisation } from '../../factories/members'
import { aMatch, aMentor, anOffer, asked } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aCoordinator, aWaitingMember, belongTo, daysAgo, wishes } from '../../factories/rounds'

const draw = async (actor: Actor, organisation = '') => (await drawRound(actor, { organisation })).id
const rowOf = async (id: string) =>
	(await db.select().from(mentoringRounds).where(eq(mentoringRounds.id, id)))[0]!
const pairsOf = (id: string) =>
	db
		.select()
		.from(mentoringRoundPairs)
		.where(eq(mentoringRoundPairs.roundId, id))
		.orderBy(mentoringRoundPairs.place)
const pairOf = async (id: string, woman: { id: string }) =>
	(await pairsOf(id)).find(({ womanId }) => womanId === woman.id)
/** A round drawn a second time, with a seed of its own or another one. */
async function drawAgain(id: string, change: { seed?: string } = {}) {
	const row = await rowOf(id)
	const { rows, inputHash } = await inRoundThread('draw', { ...(await workOf(row)), ...change })
	const pairs = JSON.parse(rows) as { woman_id: string; mentor_id?: string; score?: number }[]
	return {
		same: inputHash === row.inputHash,
		pairs: pairs.flatMap((pair) => (pair.mentor_id ? [[pair.woman_id, pair.mentor_id, pair.score]] : [])),
	}
}
const read = (actor: Actor, id: string, part: string | null = null, after: string | null = null) =>
	readRound(actor, id, { part, after })

describe('drawing', () => {
	test('pairs who wait with who has places, keeps why not, tells nobody', async () => {
		const coordinator = await aCoordinator()
		const [arabic, tigrinya] = [
			await aMentor({ languages: { ar: 'well' }, capacity: 1 }),
			await aMentor({ languages: { ti: 'well' } }),
		]
		const first = await aWaitingMember({ languages: ['ar'], waitingSince: daysAgo(40) })
		const second = await aWaitingMember({ languages: ['ar'], waitingSince: daysAgo(20) })
		const third = await aWaitingMember({ languages: ['ti'], waitingSince: daysAgo(10) })
		const nobody = await aWaitingMember({ languages: ['so'], waitingSince: daysAgo(5) })
		const id = await draw(coordinator)
		expect((await pairsOf(id)).map(({ womanId, mentorId, why }) => [womanId, mentorId, why])).toEqual([
			[first.id, arabic.id, null],
			[second.id, null, { kind: 'full', mentors: 1 }],
			[third.id, tigrinya.id, null],
			[nobody.id, null, { kind: 'nobody' }],
		])
		expect((await pairOf(id, first))!.reasons.map(({ key }) => key)).toEqual([
			'mentoring:reason.bothSpeak',
			'mentoring:reason.helps',
			'mentoring:reason.free',
		])
		expect(await db.$count(matches)).toBe(0)
		expect(await rowOf(id)).toMatchObject({
			status: 'draft',
			createdBy: coordinator.id,
			organisationId: null,
		})
		const [entry] = await db.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.seq)
		expect(entry).toMatchObject({ actorId: coordinator.id, action: 'mentoring.drawRound' })
	})

	test('takes only those who wait, want it, and have nobody just now', async () => {
		const coordinator = await aCoordinator()
		const mentor = await aMentor({ capacity: 5 })
		const waits = await aWaitingMember()
		await aWaitingMember({ waitingSince: null })
		await aWaitingMember({ inRounds: false })
		const asks = await aWaitingMember()
		await asked(asks, mentor)
		const has = await aWaitingMember()
		await aMatch(has, mentor)
		await db
			.update(mentoringWishes)
			.set({ waitingSince: daysAgo(3) })
			.where(eq(mentoringWishes.memberId, has.id))
		expect((await pairsOf(await draw(coordinator))).map(({ womanId }) => womanId)).toEqual([waits.id])
	})

	test('does not bring together again whom one of the two has left', async () => {
		const [coordinator, mentor, woman] = [await aCoordinator(), await aMentor(), await aWaitingMember()]
		await db.insert(matches).values({
			menteeId: woman.id,
			mentorId: mentor.id,
			key: crypto.randomUUID(),
			status: 'declined',
			needs: [],
			wordsLang: 'en',
			wordsDir: 'ltr',
		})
		const pair = await pairOf(await draw(coordinator), woman)
		expect(pair).toMatchObject({ mentorId: null, why: { kind: 'rule', mentors: { limits: 1 } } })
	})

	test('what other rounds have proposed keeps its place', async () => {
		const [coordinator, mentor] = [await aCoordinator(), await aMentor({ capacity: 1 })]
		const [other, woman] = [await aMember(), await aWaitingMember()]
		await db.insert(matches).values({
			menteeId: other.id,
			mentorId: mentor.id,
			key: crypto.randomUUID(),
			status: 'proposed',
			needs: [],
			wordsLang: 'en',
			wordsDir: 'ltr',
		})
		expect(await pairOf(await draw(coordinator), woman)).toMatchObject({
			mentorId: null,
			why: { kind: 'rule', mentors: { capacity: 1 } },
		})
	})

	test('again with its seed gives the same, until someone changes something', async () => {
		const coordinator = await aCoordinator()
		for (let count = 0; count < 6; count += 1) await aMentor({ capacity: 1 + (count % 2) })
		for (let count = 0; count < 12; count += 1)
			await aWaitingMember({ waitingSince: daysAgo(7), needs: count % 2 ? ['cv'] : [] })
		const id = await draw(coordinator)
		const kept = (await pairsOf(id)).flatMap(({ womanId, mentorId, score }) =>
			mentorId ? [[womanId, mentorId, score]] : [],
		)
		expect(kept).toHaveLength(9)
		for (let turn = 0; turn < 3; turn += 1) {
			expect(await drawAgain(id)).toEqual({ same: true, pairs: kept })
		}
		const other = await drawAgain(id, { seed: 'another seed' })
		expect(other.pairs.map(([womanId]) => womanId)).not.toEqual(kept.map(([womanId]) => womanId))
		await db.update(mentorOffers).set({ capacity: 3 })
		expect((await drawAgain(id)).same).toBe(false)
	})

	test('refuses an empty round', async () => {
		expect(await faultsOf(async () => draw(await aCoordinator()))).toMatchObject({
			code: 'conflict',
			details: { reason: 'nobody' },
		})
		expect(await db.$count(mentoringRounds)).toBe(0)
	})

	test('seventy women in pages of fifty, each once, in the order of the queue', async () => {
		const coordinator = await aCoordinator()
		await aMentor({ capacity: 5 })
		for (let count = 0; count < 70; count += 1) await aWaitingMember({ languages: ['so'] })
		const id = await draw(coordinator)
		const queries = vi.spyOn(pool, 'unsafe')
		const first = await read(coordinator, id, 'unmatched')
		expect(queries).toHaveBeenCalledTimes(4)
		const second = await read(coordinator, id, 'unmatched', String(first.next))
		expect([first.pairs.length, second.pairs.length, second.next]).toEqual([50, 20, null])
		expect(new Set([...first.pairs, ...second.pairs].map(({ womanId }) => womanId)).size).toBe(70)
		expect(first.counts).toEqual({ pairs: 0, unmatched: 70, leftOut: 0 })
	})

	test('her words are nowhere in what a coordinator reads', async () => {
		const coordinator = await aCoordinator()
		await aMentor()
		const woman = await aWaitingMember({ words: 'my secret words' })
		const id = await draw(coordinator)
		const shown = [await read(coordinator, id), await readWomanOfRound(coordinator, id, woman.id)]
		expect(JSON.stringify(shown)).not.toContain('secret')
	})
})

describe('whose it is', () => {
	test('a coordinator of one organisation: its women, those of none, and its mentors', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		const hers = await aMentor({ organisationId: centre.id, capacity: 5 })
		await aMentor({ organisationId: house.id, capacity: 5 })
		await aMentor({ capacity: 5 })
		const [own, none, other] = [await aWaitingMember(), await aWaitingMember(), await aWaitingMember()]
		await belongTo(own, centre.id)
		await belongTo(other, house.id)
		const rows = await pairsOf(await draw(await aCoordinator(centre.id)))
		expect(rows.map(({ womanId }) => womanId).sort()).toEqual([own.id, none.id].sort())
		expect(rows.every(({ mentorId }) => mentorId === hers.id)).toBe(true)
	})

	test('a round of another organisation is not there, nor is one of everyone’s', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		await aMentor({ organisationId: centre.id })
		const woman = await aWaitingMember()
		const [ofAll, ofCentre, ofHouse] = [
			await aCoordinator(),
			await aCoordinator(centre.id),
			await aCoordinator(house.id),
		]
		const [all, one] = [await draw(ofAll), await draw(ofCentre)]
		const strangers = [
			[ofHouse, one],
			[ofCentre, all],
			[await aMember(), one],
			[await aMember({ roles: [{ role: 'moderator' }] }), one],
			[ofAll, crypto.randomUUID()],
			[ofAll, 'no id'],
		] as const
		for (const [actor, round] of strangers) {
			const outcomes = await Promise.all([
				codeOf(() => read(actor, round)),
				codeOf(() => readWomanOfRound(actor, round, woman.id)),
				codeOf(() => whyNotInRound(actor, round, woman.id, woman.id)),
				codeOf(() => oneMoreInRound(actor, round, 'ar')),
			])
			expect(outcomes).toEqual(Array(4).fill('not-found'))
			if (round === 'no id') continue
			expect(await codeOf(() => moveInRound(actor, { round, woman: woman.id, mentor: '' }))).toBe('not-found')
			expect(await codeOf(() => dropRound(actor, { round }))).toBe('not-found')
		}
		expect((await listRounds(ofAll, null)).rounds.map(({ id }) => id)).toEqual([one, all])
		expect((await listRounds(ofCentre, null)).rounds.map(({ id }) => id)).toEqual([one])
		expect((await listRounds(ofHouse, null)).rounds).toEqual([])
		expect(await codeOf(async () => listRounds(await aMember(), null))).toBe('not-found')
		expect(await codeOf(() => draw(ofHouse, centre.id))).toBe('not-found')
	})

	test('the list in pages', async () => {
		const coordinator = await aCoordinator()
		const rows = Array.from({ length: 25 }, (_, at) => ({ seed: 's', drawnAt: daysAgo(at), inputHash: 'h' }))
		await db.insert(mentoringRounds).values(rows)
		const first = await listRounds(coordinator, null)
		const second = await listRounds(coordinator, first.older)
		expect([first.rounds.length, second.rounds.length, second.older]).toEqual([20, 5, null])
	})
})

describe('by hand', () => {
	async function aRound() {
		const coordinator = await aCoordinator()
		const fits = await aMentor({ needs: ['jobSearch'], capacity: 1 }, 'Fits')
		const woman = await aWaitingMember({ waitingSince: daysAgo(50) })
		const second = await aWaitingMember()
		const round = await draw(coordinator)
		return { coordinator, fits, woman, second, round }
	}

	test('another mentor, who suits her less, none, and one again', async () => {
		const { coordinator, fits, woman, second, round } = await aRound()
		const less = await aMentor({ needs: ['doctor'], languages: { en: 'understand' } }, 'Less')
		expect(await readWomanOfRound(coordinator, round, woman.id)).toMatchObject({
			pair: { mentorId: fits.id },
			suggested: [{ handle: 'Less', lower: true }],
		})
		await moveInRound(coordinator, { round, woman: woman.id, mentor: less.id })
		expect(await pairOf(round, woman)).toMatchObject({ mentorId: less.id, byHand: true, rule: 'lower' })
		await moveInRound(coordinator, { round, woman: second.id, handle: 'FITS' })
		expect(await pairOf(round, second)).toMatchObject({
			mentorId: fits.id,
			byHand: true,
			rule: null,
			why: null,
		})
		await moveInRound(coordinator, { round, woman: woman.id, mentor: '' })
		expect(await pairOf(round, woman)).toMatchObject({
			mentorId: null,
			why: { kind: 'byHand' },
			score: null,
			rule: null,
		})
		const audited = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.subjectId, round))
			.orderBy(auditLog.seq)
		expect(
			audited.filter(({ action, memberId }) => action === 'mentoring.moveInRound' && memberId),
		).toHaveLength(3)
	})

	test.each([
		['language', { languages: { so: 'well' as const } }],
		['training', { trainedAt: null }],
		['vetting', { validUntil: daysAgo(1) }],
		['capacity', { capacity: 0 }],
		['limits', {}],
		['unknown', { status: 'paused' as const }],
	])('a rule is shown and the pair stays: %s', async (reason, offer) => {
		const { coordinator, fits, woman, round } = await aRound()
		const mentor = await aMentor(offer)
		if (reason === 'limits') await db.insert(blocks).values({ blockerId: mentor.id, blockedId: woman.id })
		const refused = await faultsOf(() =>
			moveInRound(coordinator, { round, woman: woman.id, mentor: mentor.id }),
		)
		expect(refused).toMatchObject({ code: 'conflict', details: { reason } })
		expect(await pairOf(round, woman)).toMatchObject({ mentorId: fits.id, byHand: false })
		expect((await readWomanOfRound(coordinator, round, woman.id))!.suggested).toEqual([])
	})

	test('not herself, and no more than a mentor has places in this round', async () => {
		const { coordinator, fits, second, round } = await aRound()
		const move = (woman: Actor, mentor: Actor) =>
			faultsOf(() => moveInRound(coordinator, { round, woman: woman.id, mentor: mentor.id }))
		expect(await move(second, fits)).toMatchObject({ details: { reason: 'capacity' } })
		const both = await aMentor()
		await db.insert(mentoringRoundPairs).values({ roundId: round, womanId: both.id, place: 9, reasons: [] })
		expect(await move(both, both)).toMatchObject({ details: { reason: 'self' } })
	})

	test.each([
		['who is not in the round', 'not-found', { woman: crypto.randomUUID() }],
		['with a handle nobody has', 'invalid', { handle: 'Nobody at all' }],
		['with what is no id', 'invalid', { mentor: 'x' }],
	])('a woman %s', async (_what, code, change) => {
		const { coordinator, woman, round } = await aRound()
		expect(await codeOf(() => moveInRound(coordinator, { round, woman: woman.id, ...change }))).toBe(code)
	})

	test('a dropped round is left alone', async () => {
		const { coordinator, woman, round } = await aRound()
		await dropRound(coordinator, { round })
		await dropRound(coordinator, { round })
		expect(await faultsOf(() => moveInRound(coordinator, { round, woman: woman.id }))).toMatchObject({
			code: 'conflict',
			details: { reason: 'dropped' },
		})
	})
})

describe('a coordinator who is in her own round', () => {
	async function aRoundWithHer() {
		const coordinator = await aCoordinator()
		await wishes(coordinator, { waitingSince: daysAgo(90) })
		const [mentor, other] = [await aMentor({ capacity: 1 }), await aMentor({ capacity: 1 })]
		await db.insert(blocks).values({ blockerId: other.id, blockedId: coordinator.id })
		const round = await draw(coordinator)
		return { coordinator, mentor, other, round }
	}

	test('does not decide on herself', async () => {
		const { coordinator, mentor, other, round } = await aRoundWithHer()
		for (const to of [other.id, mentor.id, ''])
			expect(await codeOf(() => moveInRound(coordinator, { round, woman: coordinator.id, mentor: to }))).toBe(
				'forbidden',
			)
		expect(await pairOf(round, coordinator)).toMatchObject({ mentorId: mentor.id, byHand: false })
	})

	test('does not learn who keeps away from her, as a woman', async () => {
		const { coordinator, mentor, other, round } = await aRoundWithHer()
		for (const { id } of [mentor, other])
			expect(await codeOf(() => whyNotInRound(coordinator, round, coordinator.id, id))).toBe('forbidden')
		expect(await readWomanOfRound(coordinator, round, coordinator.id)).toMatchObject({
			pair: { mentorId: mentor.id },
			suggested: [],
		})
		await db.insert(blocks).values({ blockerId: mentor.id, blockedId: coordinator.id })
		await publishRound(coordinator, { round })
		expect((await read(coordinator, round, 'leftOut')).pairs).toMatchObject([{ leftOut: 'woman' }])
		const again = await draw(coordinator)
		expect((await read(coordinator, again, 'unmatched')).pairs).toMatchObject([{ why: null }])
		const colleague = await aCoordinator()
		expect((await read(colleague, again, 'unmatched')).pairs).toMatchObject([
			{ why: { kind: 'rule', mentors: { limits: 2 } } },
		])
	})

	test('nor as a mentor', async () => {
		const coordinator = await aCoordinator()
		await anOffer(coordinator, { capacity: 5, languages: { en: 'well', ar: 'well' } })
		const mentor = await aMentor({ languages: { ar: 'well' } })
		const [woman, avoids] = [await aWaitingMember(), await aWaitingMember({ languages: ['ar'] })]
		await db.insert(blocks).values({ blockerId: avoids.id, blockedId: coordinator.id })
		const round = await draw(coordinator)
		const move = (of: Actor, to: string) =>
			codeOf(() => moveInRound(coordinator, { round, woman: of.id, mentor: to }))
		for (const of of [woman, avoids]) {
			expect(await codeOf(() => whyNotInRound(coordinator, round, of.id, coordinator.id))).toBe('forbidden')
			expect(await move(of, coordinator.id)).toBe('forbidden')
			const { suggested } = (await readWomanOfRound(coordinator, round, of.id))!
			expect(suggested.map(({ mentorId }) => mentorId)).not.toContain(coordinator.id)
		}
		expect(await pairOf(round, avoids)).toMatchObject({ mentorId: mentor.id })
		expect(await pairOf(round, woman)).toMatchObject({ mentorId: coordinator.id })
	})
})

test('of a woman who has come into another’s care since a round tells only what it found', async () => {
	const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
	const [coordinator, mentor] = [await aCoordinator(centre.id), await aMentor({ organisationId: centre.id })]
	const woman = await aWaitingMember()
	const round = await draw(coordinator)
	await belongTo(woman, house.id)
	const { pair, suggested } = (await readWomanOfRound(coordinator, round, woman.id))!
	expect(pair).toMatchObject({ mentorId: mentor.id, womanNeeds: [], womanLanguages: [], waitingSince: null })
	expect(suggested).toEqual([])
	const spare = await aMentor({ organisationId: centre.id })
	expect(
		await faultsOf(() => moveInRound(coordinator, { round, woman: woman.id, mentor: spare.id })),
	).toMatchObject({ code: 'conflict', details: { reason: 'unknown' } })
})

describe('answers', () => {
	test('why not, for any two', async () => {
		const coordinator = await aCoordinator()
		const mentor = await aMentor({ capacity: 1 }, 'Mentor')
		const somali = await aMentor({ languages: { so: 'well' } })
		const [first, second] = [await aWaitingMember({ waitingSince: daysAgo(50) }), await aWaitingMember()]
		const round = await draw(coordinator)
		const why = async (woman: Actor, other: Actor) =>
			(await whyNotInRound(coordinator, round, woman.id, other.id))!
		expect(await why(first, mentor)).toMatchObject({ answer: { kind: 'pair' }, same: true, mentor: 'Mentor' })
		expect(await why(second, mentor)).toMatchObject({ answer: { kind: 'full', by: 'waiting' } })
		expect(await why(second, somali)).toMatchObject({ answer: { kind: 'rule', rule: 'language' } })
		expect(await why(second, first)).toMatchObject({ answer: { kind: 'unknown' } })
		await db.insert(blocks).values({ blockerId: second.id, blockedId: mentor.id })
		expect(await why(second, mentor)).toMatchObject({ answer: { kind: 'rule', rule: 'limits' }, same: false })
		expect(await whyNotInRound(coordinator, round, second.id, 'x')).toBeNull()
		expect(await codeOf(() => whyNotInRound(coordinator, round, mentor.id, mentor.id))).toBe('not-found')
	})

	test('of a handle that is no mentor’s of hers she learns nothing, not even that someone has it', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		const coordinator = await aCoordinator(centre.id)
		const hers = await aMentor({ organisationId: centre.id, capacity: 0, status: 'paused' }, 'Hers')
		await aMentor({ organisationId: house.id }, 'Elsewhere')
		await aMember({ handle: 'Nobody here' })
		const woman = await aWaitingMember()
		const round = await draw(coordinator)
		expect(await findMentor(coordinator, round, { handle: 'hers' })).toBe(hers.id)
		const answers = await Promise.all(
			['Elsewhere', 'Nobody here', 'Nobody at all'].flatMap((handle) => [
				faultsOf(() => findMentor(coordinator, round, { handle })),
				faultsOf(() => moveInRound(coordinator, { round, woman: woman.id, handle })),
			]),
		)
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
		expect(answers[0]).toMatchObject({ code: 'invalid', fields: { handle: 'errors:noSuchHandle' } })
	})

	test('are counted, since each draws the round again', async () => {
		const [coordinator, mentor, woman] = [await aCoordinator(), await aMentor(), await aWaitingMember()]
		const round = await draw(coordinator)
		for (let count = 0; count < LIMITS['mentoring.question'].points; count += 1)
			await take('mentoring.question', coordinator.id)
		const questions = [
			() => whyNotInRound(coordinator, round, woman.id, mentor.id),
			() => oneMoreInRound(coordinator, round, 'en'),
			() => findMentor(coordinator, round, { handle: mentor.handle }),
		]
		for (const ask of questions) expect(await codeOf(ask)).toBe('too-many')
	})

	test('what one more mentor would change', async () => {
		const coordinator = await aCoordinator()
		await aMentor({ needs: ['doctor'] })
		await aWaitingMember()
		await aWaitingMember({ languages: ['so'] })
		const round = await draw(coordinator)
		expect(await oneMoreInRound(coordinator, round, 'so')).toEqual({
			language: 'so',
			matched: 1,
			better: 0,
			same: true,
		})
		expect(await oneMoreInRound(coordinator, round, 'en')).toMatchObject({ matched: 0, better: 1 })
		expect(await oneMoreInRound(coordinator, round, 'xx')).toBeNull()
	})
})
