import { eq, isNotNull } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { blocks, notices } from '~/db/schema/ties'
import { communityHash, nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { saveWishes } from '~/features/mentoring/finding/wishes.server'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { drawRound } from '~/features/mentoring/rounds/rounds.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { aMatchRow } from '../../factories/matches'
import { aMember } from '../../factories/members'
import { aMatch, aMentor, asked } from '../../factories/mentoring'
import { codeOf } from '../../factories/outcomes'
import { aCoordinator, aWaitingMember } from '../../factories/rounds'

const mentoring = belongings.find(({ tables }) => tables.includes('mentoring_wishes'))!

const copyOf = async (member: { id: string }) => {
	const [part] = await mentoring.collect(db, member.id)
	return { ...part!, text: JSON.stringify(part) }
}
const leave = (member: Actor) =>
	db.transaction(async (tx) => mentoring.leave!(tx, member.id, 'keep', () => undefined))
const statusOf = async (id: string) => {
	const [match] = await db.select().from(matches).where(eq(matches.id, id))
	return match!.status
}

describe('her copy', () => {
	test('holds what she would like, and of her limits only that there are some', async () => {
		const her = await aMember()
		await saveWishes(her, {
			zone: 'Europe/Rome',
			words: 'I would like to talk.',
			language: 'en',
			first: 'doctor',
			town: 'Lesbos',
			community: 'SY',
			names: 'Someone\nSomeone Else',
			inRounds: 'yes',
		})
		const { texts, facts, text } = await copyOf(her)
		expect(texts!.map((one) => one.text)).toEqual(['I would like to talk.'])
		expect(facts).toContainEqual({ neverToMeet: 2 })
		expect(facts).toContainEqual(
			expect.objectContaining({ needs: ['doctor'], inRounds: true, townKept: true, countryKept: true }),
		)
		for (const secret of ['Lesbos', 'Someone', townHash('Lesbos'), communityHash('SY'), nameHash('Someone')])
			expect(text).not.toContain(secret)
	})

	test('of a mentor holds nothing of the lines she only stands in', async () => {
		const her = await aMember()
		const [one, two] = [await aMentor(), await aMentor()]
		await asked(her, one)
		await asked(her, two)
		const as = async (member: Actor) =>
			(await copyOf(member)).facts!.filter((fact) => 'as' in fact).map((fact) => `${fact.as} ${fact.status}`)
		expect([(await as(her)).sort(), await as(one), await as(two)]).toEqual([
			['mentee asked', 'mentee chosen'],
			['mentor asked'],
			[],
		])
	})
})

test('her copy says of a round only what she was told', async () => {
	const [coordinator, found, leftOut] = [await aCoordinator(), await aWaitingMember(), await aWaitingMember()]
	const mentor = await aMentor({ capacity: 5 })
	const { id: round } = await drawRound(coordinator, { organisation: '' })
	await db.insert(blocks).values({ blockerId: mentor.id, blockedId: leftOut.id })
	await publishRound(coordinator, { round })
	const foundMentor = async (woman: Actor) =>
		(await copyOf(woman)).facts!.flatMap((fact) => ('foundMentor' in fact ? [fact.foundMentor] : []))
	expect([await foundMentor(found), await foundMentor(leftOut)]).toEqual([[true], [false]])
})

describe('leaving', () => {
	test('a mentor: the woman who asked her does not wait in vain, mentoring ends', async () => {
		const mentor = await aMentor({ capacity: 3 })
		const [her, other] = [await aMember(), await aMember()]
		const running = await aMatch(other, mentor)
		const request = await asked(her, mentor)
		const next = await asked(her, await aMentor())
		await leave(mentor)
		expect([await statusOf(running), await statusOf(request), await statusOf(next)]).toEqual([
			'ended',
			'declined',
			'asked',
		])
		const told = await db.select().from(notices).where(eq(notices.memberId, her.id))
		expect(told.map(({ kind }) => kind)).toEqual(['mentoring.passedOn'])
	})

	test('a mentor: who wants to be looked for waits again, unless another mentor is with her', async () => {
		const mentor = await aMentor({ capacity: 5 })
		const [alone, herself, twoMentors] = [
			await aWaitingMember(),
			await aWaitingMember({ inRounds: false }),
			await aWaitingMember(),
		]
		for (const woman of [alone, herself, twoMentors]) await aMatch(woman, mentor)
		await aMatch(twoMentors, await aMentor())
		await leave(mentor)
		const waiting = await db.select().from(mentoringWishes).where(isNotNull(mentoringWishes.waitingSince))
		expect(waiting.map(({ memberId }) => memberId)).toEqual([alone.id])
	})

	test('whoever of the two goes, no notice of a request or a proposal is left for the other one', async () => {
		for (const status of ['asked', 'proposed'] as const)
			for (const goes of ['mentee', 'mentor']) {
				const [her, mentor] = [await aMember(), await aMentor()]
				const match = await aMatchRow(her, mentor, { status })
				for (const { id: memberId } of [her, mentor])
					await db.insert(notices).values({ memberId, kind: `mentoring.${status}`, subjectId: match })
				await leave(goes === 'mentee' ? her : mentor)
				expect(await db.$count(notices, eq(notices.subjectId, match))).toBe(0)
			}
	})

	test('a mentor who is asked in the same moment: nobody is left with a line that asks no one', async () => {
		for (let turn = 0; turn < 4; turn += 1) {
			const [her, mentor, next] = [await aMember(), await aMentor(), await aMentor()]
			const leaving = db.transaction(async (tx) => {
				await mentoring.leave!(tx, mentor.id, 'keep', () => undefined)
				await tx.delete(members).where(eq(members.id, mentor.id))
			})
			const [, outcome] = await Promise.all([leaving, codeOf(() => asked(her, mentor))])
			expect(['ok', 'not-found']).toContain(outcome)
			await asked(her, next)
			const left = await db.select().from(matches).where(eq(matches.menteeId, her.id))
			// A request that had reached the mentor first stays, declined, with the words she wrote.
			const open = left.map(({ status }) => status).filter((status) => status !== 'declined')
			expect(open).toEqual(['asked'])
		}
	})

	test('a woman: her mentor has a free place again', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await aMatch(her, mentor)
		await leave(her)
		const [offer] = await db.select().from(mentorOffers)
		expect(offer!.load).toBe(0)
	})
})
