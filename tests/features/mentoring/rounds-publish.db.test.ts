import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, members } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import { blocks, notices } from '~/db/schema/ties'
import { blockedWith, blockHandle } from '~/features/members/blocks.server'
import { endSharedMatches } from '~/features/mentoring/blocks.server'
import { lockLine } from '~/features/mentoring/finding/line.server'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { drawRound, dropRound } from '~/features/mentoring/rounds/rounds.server'
import { readRound } from '~/features/mentoring/rounds/rounds-pairs.server'
import type { Actor } from '~/platform/actor'
import { aMember, anOrganisation } from '../../factories/members'
import { act, aMentor, asked, ROOMS } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { aCoordinator, aWaitingMember, belongTo, daysAgo } from '../../factories/rounds'

const draw = async (actor: Actor) => (await drawRound(actor, { organisation: '' })).id
const publish = (actor: Actor, round: string) => publishRound(actor, { round })
const proposed = () => db.select().from(matches).where(eq(matches.status, 'proposed'))
const leftOut = async (round: string, woman: { id: string }) => {
	const [pair] = await db
		.select()
		.from(mentoringRoundPairs)
		.where(and(eq(mentoringRoundPairs.roundId, round), eq(mentoringRoundPairs.womanId, woman.id)))
	return pair!.leftOut
}

/** Her again, as her next request knows her: with the blocks there are by now. */
async function again(member: Actor): Promise<Actor> {
	return { ...member, blocked: await blockedWith(db, member.id) }
}

/** A coordinator's draft with one woman and one mentor in it. */
async function aDraft(wish: Parameters<typeof aWaitingMember>[0] = {}) {
	const coordinator = await aCoordinator()
	const mentor = await aMentor({ capacity: 1 })
	const woman = await aWaitingMember(wish)
	return { coordinator, mentor, woman, round: await draw(coordinator) }
}

describe('publishing', () => {
	test('proposes each pair to both, with her needs, and with her words where she wrote some', async () => {
		const coordinator = await aCoordinator()
		await aMentor({ capacity: 5 })
		const writes = await aWaitingMember({
			needs: ['cv', 'doctor'],
			words: 'مرحبا',
			wordsLang: 'ar',
			wordsDir: 'rtl',
		})
		const silent = await aWaitingMember()
		await aWaitingMember({ languages: ['so'] })
		const round = await draw(coordinator)
		await publish(coordinator, round)
		const made = await proposed()
		expect(made.find(({ menteeId }) => menteeId === writes.id)).toMatchObject({
			roundId: round,
			place: null,
			needs: ['cv', 'doctor'],
			words: 'مرحبا',
			wordsLang: 'ar',
			wordsDir: 'rtl',
			menteeYesAt: null,
			mentorYesAt: null,
		})
		expect(made.find(({ menteeId }) => menteeId === silent.id)).toMatchObject({ words: '' })
		const told = await db.select().from(notices).where(eq(notices.kind, 'mentoring.proposed'))
		expect(told.map(({ memberId, subjectId }) => `${memberId} ${subjectId}`).sort()).toEqual(
			made.flatMap(({ id, menteeId, mentorId }) => [`${menteeId} ${id}`, `${mentorId} ${id}`]).sort(),
		)
		const { pairs } = await readRound(coordinator, round, { part: 'pairs', after: null })
		expect(pairs).toHaveLength(2)
		const [row] = await db.select().from(mentoringRounds)
		expect(row).toMatchObject({ status: 'published', publishedBy: coordinator.id })
		const audited = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.subjectId, round))
			.orderBy(auditLog.seq)
		expect(audited.map(({ action }) => action)).toEqual(['mentoring.drawRound', 'mentoring.publishRound'])
	})

	test('twice changes nothing the second time', async () => {
		const { coordinator, round } = await aDraft()
		await publish(coordinator, round)
		await publish(coordinator, round)
		expect(await proposed()).toHaveLength(1)
		expect(await db.$count(notices)).toBe(2)
	})

	test('one of two coordinators at once, the other is told', async () => {
		const { coordinator, round } = await aDraft()
		const other = await aCoordinator()
		const outcomes = await Promise.all(
			[coordinator, other].map((actor) => codeOf(() => publish(actor, round))),
		)
		expect(outcomes.sort()).toEqual(['conflict', 'ok'])
		expect(await proposed()).toHaveLength(1)
	})

	test('a dropped round is not published, a published one not dropped', async () => {
		const { coordinator, round } = await aDraft()
		await publish(coordinator, round)
		expect(await faultsOf(() => dropRound(coordinator, { round }))).toMatchObject({
			code: 'conflict',
			details: { reason: 'published' },
		})
		const next = await aDraft()
		await dropRound(next.coordinator, { round: next.round })
		expect(await faultsOf(() => publish(next.coordinator, next.round))).toMatchObject({
			details: { reason: 'dropped' },
		})
	})

	test('not by strangers', async () => {
		const { round } = await aDraft()
		const house = await anOrganisation('A house')
		const strangers = [
			await aMember(),
			await aCoordinator(house.id),
			await aMember({ roles: [{ role: 'lead' }] }),
		]
		for (const actor of strangers) expect(await codeOf(() => publish(actor, round))).toBe('not-found')
		expect(await codeOf(() => publish(strangers[0]!, 'no id'))).toBe('invalid')
		expect(await proposed()).toHaveLength(0)
	})

	test('whom she had chosen herself leaves her line for the proposal', async () => {
		const { coordinator, mentor, woman, round } = await aDraft()
		await db.insert(matches).values({
			menteeId: woman.id,
			mentorId: mentor.id,
			key: crypto.randomUUID(),
			status: 'chosen',
			place: 1,
			needs: [],
			wordsLang: 'en',
			wordsDir: 'ltr',
		})
		await publish(coordinator, round)
		expect((await db.select().from(matches)).map(({ status, place }) => [status, place])).toEqual([
			['proposed', null],
		])
	})
})

describe('what no longer holds is left out, with the reason', () => {
	type Draft = Awaited<ReturnType<typeof aDraft>>
	const changeOffer =
		(change: Partial<typeof mentorOffers.$inferInsert>) =>
		({ mentor }: Draft) =>
			db.update(mentorOffers).set(change).where(eq(mentorOffers.memberId, mentor.id))
	const changeWish =
		(change: Partial<typeof mentoringWishes.$inferInsert>) =>
		({ woman }: Draft) =>
			db.update(mentoringWishes).set(change).where(eq(mentoringWishes.memberId, woman.id))
	const changes: [string, string, (draft: Draft) => Promise<unknown>][] = [
		['she waits no more', 'woman', changeWish({ waitingSince: null })],
		['she does not want rounds any more', 'woman', changeWish({ inRounds: false })],
		['she has asked someone', 'woman', async ({ woman }) => asked(woman, await aMentor())],
		[
			'she has left',
			'woman',
			({ woman }) => db.update(members).set({ status: 'suspended' }).where(eq(members.id, woman.id)),
		],
		['the mentor has paused', 'mentor', changeOffer({ status: 'paused' })],
		[
			'the mentor has left',
			'mentor',
			({ mentor }) => db.update(members).set({ status: 'suspended' }).where(eq(members.id, mentor.id)),
		],
		['the vetting has ended', 'vetting', changeOffer({ validUntil: daysAgo(1) })],
		['the training is too old', 'training', changeOffer({ trainedAt: daysAgo(800) })],
		['places lowered below the load', 'capacity', changeOffer({ capacity: 0, load: 0 })],
		['another language now', 'language', changeWish({ languages: ['so'] })],
		[
			'she blocks',
			'limits',
			({ woman, mentor }) => db.insert(blocks).values({ blockerId: woman.id, blockedId: mentor.id }),
		],
		[
			'the mentor blocks',
			'limits',
			({ woman, mentor }) => db.insert(blocks).values({ blockerId: mentor.id, blockedId: woman.id }),
		],
	]

	test.each(changes)('%s: %s', async (_what, reason, change) => {
		const draft = await aDraft()
		await change(draft)
		await publish(draft.coordinator, draft.round)
		expect(await leftOut(draft.round, draft.woman)).toBe(reason)
		expect(await proposed()).toHaveLength(0)
		expect(await db.$count(notices, eq(notices.kind, 'mentoring.proposed'))).toBe(0)
		const { counts } = await readRound(draft.coordinator, draft.round, { part: 'leftOut', after: null })
		expect(counts).toEqual({ pairs: 0, unmatched: 0, leftOut: 1 })
	})

	test('with one place less than pairs, the longest waiting keeps hers', async () => {
		const coordinator = await aCoordinator()
		const mentor = await aMentor({ capacity: 2 })
		const long = await aWaitingMember({ waitingSince: daysAgo(90) })
		const short = await aWaitingMember({ waitingSince: daysAgo(9) })
		const round = await draw(coordinator)
		await db.update(mentorOffers).set({ capacity: 1 }).where(eq(mentorOffers.memberId, mentor.id))
		await publish(coordinator, round)
		expect([await leftOut(round, long), await leftOut(round, short)]).toEqual([null, 'capacity'])
	})

	test('she has come into another organisation’s care', async () => {
		const [centre, house] = [await anOrganisation(), await anOrganisation('A house')]
		await aMentor({ organisationId: centre.id })
		const [coordinator, woman] = [await aCoordinator(centre.id), await aWaitingMember()]
		const round = await draw(coordinator)
		await belongTo(woman, house.id)
		await publish(coordinator, round)
		expect(await leftOut(round, woman)).toBe('woman')
	})

	test('a woman who finds a mentor while the round is published: the round waits for her, and leaves her out', async () => {
		const { coordinator, woman, round } = await aDraft()
		const other = await aMentor()
		let publishing: Promise<unknown> = Promise.resolve()
		await db.transaction(async (tx) => {
			await lockLine(tx, woman.id)
			publishing = publish(coordinator, round)
			await new Promise((resolve) => setTimeout(resolve, 150))
			await tx.insert(matches).values({
				menteeId: woman.id,
				mentorId: other.id,
				key: crypto.randomUUID(),
				status: 'accepted',
				needs: [],
				wordsLang: 'en',
				wordsDir: 'ltr',
			})
			await tx
				.update(mentoringWishes)
				.set({ waitingSince: null })
				.where(eq(mentoringWishes.memberId, woman.id))
		})
		await publishing
		expect(await leftOut(round, woman)).toBe('woman')
		expect(await proposed()).toHaveLength(0)
	})

	test.each(['mentor', 'woman'] as const)(
		'a %s whose account goes meanwhile: the round goes on without',
		async (who) => {
			const { coordinator, round, ...two } = await aDraft()
			let publishing: Promise<unknown> = Promise.resolve()
			await db.transaction(async (tx) => {
				await tx.delete(members).where(eq(members.id, two[who].id))
				publishing = publish(coordinator, round)
				await new Promise((resolve) => setTimeout(resolve, 150))
			})
			await publishing
			expect(await proposed()).toHaveLength(0)
			expect((await db.select().from(mentoringRounds))[0]).toMatchObject({ status: 'published' })
		},
	)

	test('she asks in the same moment: never a fault, and a request and a proposal are never of the same two', async () => {
		for (let turn = 0; turn < 5; turn += 1) {
			const { coordinator, mentor, woman, round } = await aDraft()
			const outcomes = await Promise.all([
				codeOf(() => publish(coordinator, round)),
				codeOf(() => asked(woman, mentor)),
			])
			expect(outcomes[0]).toBe('ok')
			expect(['ok', 'conflict']).toContain(outcomes[1])
			const open = await db.select().from(matches).where(eq(matches.menteeId, woman.id))
			// The round may have found her a mentor of an earlier turn.
			expect(open.length).toBeGreaterThan(0)
			expect(new Set(open.map(({ mentorId }) => mentorId)).size).toBe(open.length)
		}
	})
})

describe('two rounds at once', () => {
	test('over the same women propose to each of them once', async () => {
		const coordinator = await aCoordinator()
		await aMentor({ capacity: 5 })
		const women = [await aWaitingMember(), await aWaitingMember(), await aWaitingMember()]
		const rounds = [await draw(coordinator), await draw(coordinator)]
		await Promise.all(rounds.map((round) => publish(coordinator, round)))
		const made = await proposed()
		expect(made.map(({ menteeId }) => menteeId).sort()).toEqual(women.map(({ id }) => id).sort())
	})
})

describe('between the proposal and the yes', () => {
	async function aProposal() {
		const draft = await aDraft()
		await publish(draft.coordinator, draft.round)
		const [match] = await proposed()
		return { ...draft, match: match!.id }
	}
	const statusOf = async (id: string) =>
		(await db.select().from(matches).where(eq(matches.id, id)))[0]!.status

	test('both say yes, and it begins', async () => {
		const { woman, mentor, match } = await aProposal()
		await act(woman, match, 'yes')
		expect(await statusOf(match)).toBe('proposed')
		await act(mentor, match, 'yes')
		expect(await statusOf(match)).toBe('accepted')
	})

	test.each(['the woman', 'the mentor'])('a block by %s ends it: no yes makes it begin', async (who) => {
		const { woman, mentor, match } = await aProposal()
		await act(who === 'the woman' ? mentor : woman, match, 'yes')
		const [by, from] = who === 'the woman' ? [woman, mentor] : [mentor, woman]
		await blockHandle({ sightings: [], partings: [endSharedMatches(ROOMS)] })(by, { handle: from.handle })
		for (const actor of [await again(woman), await again(mentor)])
			await codeOf(() => act(actor, match, 'yes'))
		expect(['proposed', 'accepted']).not.toContain(await statusOf(match))
	})

	test('places lowered meanwhile: nobody gets one that is not there', async () => {
		const { woman, mentor, match } = await aProposal()
		await act(woman, match, 'yes')
		await db.update(mentorOffers).set({ capacity: 0 }).where(eq(mentorOffers.memberId, mentor.id))
		await codeOf(() => act(mentor, match, 'yes'))
		expect(await statusOf(match)).not.toBe('accepted')
	})
})
