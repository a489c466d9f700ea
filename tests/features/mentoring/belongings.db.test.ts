import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { notices } from '~/db/schema/ties'
import { communityHash, nameHash, townHash } from '~/features/mentoring/finding/keyed-names.server'
import { saveWishes } from '~/features/mentoring/finding/wishes.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { aMember } from '../../factories/members'
import { aMatch, aMentor, asked } from '../../factories/mentoring'

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

	test('a woman: her mentor has a free place again', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await aMatch(her, mentor)
		await leave(her)
		const [offer] = await db.select().from(mentorOffers)
		expect(offer!.load).toBe(0)
	})
})
