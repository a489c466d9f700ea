import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { matches } from '~/db/schema/mentoring'
import type { Parting, Sightings } from '~/features/members/blocks.server'
import { pgArray } from '~/platform/text'
import { forgetNotices, lockLine, passOn } from './finding/line.server'
import { endMatch } from './together/ending.server'
import { endSeatsBetween } from './together/interpreters.server'
import type { PrivateRooms, Publish } from './together/match-access.server'

/** Whose offers she can read, and with whom she has or had something to do. */
export const seenInMentoring: Sightings = async (tx, actor, { openly, between }) => {
	const rows = await tx.execute<{ id: string }>(sql`
		select p.id from unnest(${pgArray(between)}::uuid[]) as p(id)
		where (p.id = any(${pgArray(openly)}::uuid[]) and exists (
				select 1 from mentor_offers o join members m on m.id = o.member_id
				where o.member_id = p.id and o.status = 'vetted' and m.status = 'active'))
			or exists (select 1 from matches x where x.mentee_id = ${actor.id} and x.mentor_id = p.id)
			or exists (select 1 from matches x
				where x.mentor_id = ${actor.id} and x.mentee_id = p.id and x.status <> 'chosen')
			or exists (select 1 from mentoring_interpreters i join matches x on x.id = i.match_id
				where i.ended_at is null and i.mentee_yes_at is not null and i.mentor_yes_at is not null
					and ((i.interpreter_id = ${actor.id} and p.id in (x.mentee_id, x.mentor_id))
						or (i.interpreter_id = p.id and ${actor.id}::uuid in (x.mentee_id, x.mentor_id))))`)
	return rows.map(({ id }) => id)
}

const openBetween = inArray(matches.status, ['chosen', 'proposed', 'asked', 'accepted'])

const declined = { status: 'declined', answeredAt: sql`now()` } as const

/** Whoever is asked next must not wait for the block of another one; always in one order, so that none wait in a circle. */
async function lockLines(tx: Tx, one: string, two: string) {
	for (const memberId of [one, two].sort()) await lockLine(tx, memberId)
}

/**
 * Ends what is open between the two, as she could have done herself: her request is taken back, the other's is
 * declined, mentoring ends, nobody of them stands in the other's line or interprets for her. The other reads what she
 * would read in any of these cases.
 */
export const endSharedMatches =
	(rooms: PrivateRooms): Parting =>
	async (tx, { by, from }, publish) => {
		await lockLines(tx, by, from)
		const pair = or(
			and(eq(matches.menteeId, by), eq(matches.mentorId, from)),
			and(eq(matches.menteeId, from), eq(matches.mentorId, by)),
		)
		const open = await tx
			.select()
			.from(matches)
			.where(and(pair, openBetween))
			// By mentor, as wherever several places are given back: none wait in a circle.
			.orderBy(matches.mentorId, matches.id)
			.for('update')
		for (const match of open) await endOpen(tx, match, by, rooms, publish)
		await endSeatsBetween(tx, [by, from], rooms, publish)
	}

async function endOpen(
	tx: Tx,
	match: typeof matches.$inferSelect,
	by: string,
	rooms: PrivateRooms,
	publish: Publish,
) {
	const itself = eq(matches.id, match.id)
	if (match.status === 'accepted') return endMatch(tx, match, { by, quietly: true }, rooms, publish)
	if (match.status === 'chosen') return tx.delete(matches).where(itself)
	if (match.status === 'proposed') {
		await tx
			.update(matches)
			.set({ ...declined, endedBy: by })
			.where(itself)
		return forgetNotices(tx, match)
	}
	const hers = match.menteeId === by
	await tx
		.update(matches)
		.set(hers ? { ...declined, status: 'withdrawn' } : { ...declined, endedBy: by })
		.where(itself)
	await forgetNotices(tx, match)
	await passOn(tx, match.menteeId, { herself: hers })
}
