import { eq, inArray } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import { mentorOffers } from '~/db/schema/mentoring'
import { keepMentorRoles } from '~/features/mentoring/offers/vetting-ends.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { aMember } from '../../factories/members'
import { aMatch, aMentor } from '../../factories/mentoring'
import { daysAgo } from '../../factories/rounds'

const MENTORS = 10
const ROUNDS = 10

/** What the end of an account does, past the passphrase: its slowness would keep the two from ever meeting. */
const leaves = (her: Actor) =>
	db.transaction(async (tx) => {
		for (const one of belongings) await one.leave?.(tx, her.id, 'keep', () => {})
		await tx.delete(members).where(eq(members.id, her.id))
	})

/** Mentors whom these women have vetted in turn, and given the role; their vetting has ended. */
async function mentorsOf(coordinators: Actor[]) {
	const mentors = await Promise.all(Array.from({ length: MENTORS }, () => aMentor()))
	for (const [at, { id }] of mentors.entries()) {
		const by = coordinators[at % coordinators.length]!.id
		await db.update(grants).set({ givenBy: by }).where(eq(grants.memberId, id))
		await db
			.update(mentorOffers)
			.set({ vettedBy: by, validUntil: daysAgo(1) })
			.where(eq(mentorOffers.memberId, id))
	}
	return mentors
}

const heldRoles = (mentors: Actor[]) =>
	db
		.select({ endedAt: grants.endedAt })
		.from(grants)
		.where(
			inArray(
				grants.memberId,
				mentors.map(({ id }) => id),
			),
		)
		.then((rows) => rows.filter(({ endedAt }) => endedAt === null).length)

describe('leaving while time takes roles', () => {
	test('a coordinator goes and the roles she gave end in the same moment, many times', {
		timeout: 120_000,
	}, async () => {
		for (let round = 0; round < ROUNDS; round += 1) {
			const her = await aMember({ roles: [{ role: 'coordinator' }] })
			const mentors = await mentorsOf([her])
			await Promise.all([keepMentorRoles(), leaves(her), keepMentorRoles()])
			await keepMentorRoles()
			expect(await heldRoles(mentors)).toBe(0)
			expect(await db.$count(members, eq(members.id, her.id))).toBe(0)
		}
	})

	test('two who are mentors themselves, vetted each other and accompany each other go at once', {
		timeout: 120_000,
	}, async () => {
		for (let round = 0; round < ROUNDS; round += 1) {
			const [one, two] = [await aMentor(), await aMentor()]
			await Promise.all([aMatch(one, two), aMatch(two, one)])
			const mentors = await mentorsOf([one, two])
			for (const [her, by] of [[one, two] as const, [two, one] as const])
				await db.update(mentorOffers).set({ vettedBy: by.id }).where(eq(mentorOffers.memberId, her.id))
			await Promise.all([leaves(one), keepMentorRoles(), leaves(two)])
			await keepMentorRoles()
			expect(await heldRoles(mentors)).toBe(0)
		}
	})
})
