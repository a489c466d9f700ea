import { and, eq, or, sql } from 'drizzle-orm'
import { matches } from '~/db/schema/mentoring'
import type { Parting, Sightings } from '~/features/members/blocks.server'
import { pgArray } from '~/platform/text'
import { givePlaceBack, type PrivateRooms } from './matches.server'
import { isOpen } from './mentors.server'

/** Whose offers she can read, and with whom she has or had something to do. */
export const seenInMentoring: Sightings = async (tx, actor, { openly, between }) => {
	const rows = await tx.execute<{ id: string }>(sql`
		select p.id from unnest(${pgArray(between)}::uuid[]) as p(id)
		where (p.id = any(${pgArray(openly)}::uuid[]) and exists (
				select 1 from mentor_offers o join members m on m.id = o.member_id
				where o.member_id = p.id and o.status = 'vetted' and m.status = 'active'))
			or exists (select 1 from matches x where x.mentee_id = ${actor.id} and x.mentor_id = p.id)
			or exists (select 1 from matches x where x.mentor_id = ${actor.id} and x.mentee_id = p.id)`)
	return rows.map(({ id }) => id)
}

/**
 * Ends what is open between the two, as she could have done herself: her request is taken back, the other's is
 * declined, mentoring ends. The other reads what she would read in any of these cases.
 */
export const endSharedMatches =
	(chat: PrivateRooms): Parting =>
	async (tx, { by, from }, publish) => {
		const pair = or(
			and(eq(matches.menteeId, by), eq(matches.mentorId, from)),
			and(eq(matches.menteeId, from), eq(matches.mentorId, by)),
		)
		const open = await tx.select().from(matches).where(and(pair, isOpen)).orderBy(matches.id).for('update')
		for (const match of open) {
			const now = sql`now()`
			const asked = match.menteeId === by ? ('withdrawn' as const) : ('declined' as const)
			await tx
				.update(matches)
				.set(
					match.status === 'asked'
						? { status: asked, answeredAt: now }
						: { status: 'ended', endedAt: now, endedBy: by },
				)
				.where(eq(matches.id, match.id))
			if (match.status === 'asked') continue
			await givePlaceBack(tx, match.mentorId)
			if (match.roomId) await chat.close(tx, match.roomId, publish)
		}
	}
