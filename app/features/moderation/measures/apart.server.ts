import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import type { DomainEvent } from '~/platform/bus.server'

type Publish = (event: DomainEvent) => void

interface Pair {
	memberId: string
	otherId: string
}

function tellBoth({ memberId, otherId }: Pair, publish: Publish) {
	publish({ name: 'member:changed', memberId })
	publish({ name: 'member:changed', memberId: otherId })
}

/**
 * Keeps two women apart: a block in both directions that neither of them made and neither can lift, so that every place
 * that honours blocks honours the order; what they share ends when it cannot be taken back by a tap (`partDue`). A block one of them has already stays hers and is held by the order besides.
 */
export async function keepApart(
	tx: Tx,
	{ statementId, ...pair }: Pair & { statementId: string },
	publish: Publish,
) {
	const { memberId, otherId } = pair
	const [order] = await tx
		.insert(restrictions)
		.values({ statementId, memberId, otherId, kind: 'apart' })
		.returning({ id: restrictions.id })
	await tx.execute(sql`
		insert into blocks (blocker_id, blocked_id, own, order_id)
		values (${memberId}, ${otherId}, false, ${order!.id}), (${otherId}, ${memberId}, false, ${order!.id})
		on conflict (blocker_id, blocked_id) do update set order_id = coalesce(blocks.order_id, excluded.order_id)`)
	tellBoth(pair, publish)
}

/** Ends it: what one of them blocks herself stays, and what another order holds is held by that one. */
export async function letTogether(tx: Tx, { id, ...pair }: Pair & { id: string }, publish: Publish) {
	const { memberId, otherId } = pair
	await tx.execute(sql`
		update blocks set order_id = (
			select r.id from restrictions r where r.kind = 'apart' and r.ended_at is null
				and ((r.member_id = ${memberId} and r.other_id = ${otherId}) or (r.member_id = ${otherId} and r.other_id = ${memberId}))
			order by r.since, r.id limit 1)
		where order_id = ${id}`)
	await tx.execute(sql`
		delete from blocks where order_id is null and not own
			and blocker_id in (${memberId}, ${otherId}) and blocked_id in (${memberId}, ${otherId})`)
	tellBoth(pair, publish)
}
