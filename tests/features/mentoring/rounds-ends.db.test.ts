import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { drawRound, dropRound } from '~/features/mentoring/rounds/rounds.server'
import { deleteOldRounds } from '~/features/mentoring/rounds/rounds-ends.server'
import { aMentor } from '../../factories/mentoring'
import { aCoordinator, aWaitingMember } from '../../factories/rounds'

const STATES = {
	draft: async () => {},
	dropped: (actor, round) => dropRound(actor, { round }),
	published: (actor, round) => publishRound(actor, { round }),
} satisfies Record<
	string,
	(actor: Awaited<ReturnType<typeof aCoordinator>>, round: string) => Promise<unknown>
>

/** A round with one pair, in this state, and so much older than now. */
async function aRound(state: keyof typeof STATES, age: string) {
	const coordinator = await aCoordinator()
	await aMentor({ capacity: 5 })
	await aWaitingMember()
	const { id } = await drawRound(coordinator, { organisation: '' })
	await STATES[state](coordinator, id)
	await db
		.update(mentoringRounds)
		.set({
			drawnAt: sql`drawn_at - ${age}::interval`,
			publishedAt: sql`published_at - ${age}::interval`,
		})
		.where(eq(mentoringRounds.id, id))
	return id
}

const isThere = async (round: string) => ({
	round: await db.$count(mentoringRounds, eq(mentoringRounds.id, round)),
	pairs: await db.$count(mentoringRoundPairs, eq(mentoringRoundPairs.roundId, round)),
})

describe('the life of a round', () => {
	test.each([
		['draft', '29 days', 'stays'],
		['draft', '31 days', 'goes'],
		['dropped', '29 days', 'stays'],
		['dropped', '31 days', 'goes'],
		['published', '31 days', 'stays'],
		['published', '23 months', 'stays'],
		['published', '25 months', 'goes'],
	] as const)('a %s one of %s ago %s', async (state, age, what) => {
		const round = await aRound(state, age)
		expect(await deleteOldRounds()).toBe(what === 'goes' ? 1 : 0)
		expect(await isThere(round)).toEqual(what === 'goes' ? { round: 0, pairs: 0 } : { round: 1, pairs: 1 })
	})

	test('what came of it stays', async () => {
		await aRound('published', '25 months')
		await deleteOldRounds()
		expect(await db.select().from(matches)).toMatchObject([{ status: 'proposed', roundId: null }])
	})

	test('two processes at once delete each of them once', async () => {
		await aRound('draft', '31 days')
		await aRound('draft', '32 days')
		const [one, other] = await Promise.all([deleteOldRounds(), deleteOldRounds()])
		expect(one + other + (await deleteOldRounds())).toBe(2)
		expect(await db.$count(mentoringRounds)).toBe(0)
	})
})
