import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm'
import type { Db, Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { heldNames } from '~/db/schema/ties'
import { keyedHash } from '~/platform/secret.server'

/** A closed account and a no-contact order have no end of their own. */
const KEPT_MONTHS = 12

const hashOf = (skeleton: string) => keyedHash('held-name', skeleton)

/**
 * Before her account goes: leaving must be no way out of a decision that shuts her out or keeps her apart from another, with
 * the same name free to come back a minute later. Kept is a keyed hash of the name and a day, nothing of her, of the
 * decision or of the browser she used. Where nothing holds nothing is kept.
 */
export async function holdName(tx: Tx, memberId: string): Promise<void> {
	const [member] = await tx
		.select({ skeleton: members.skeleton })
		.from(members)
		.where(eq(members.id, memberId))
	if (!member) return
	await tx.execute(sql`
		insert into held_names (name_hash, until)
		select ${hashOf(member.skeleton)}, max(least(r.until, now() + make_interval(months => ${KEPT_MONTHS}::int)))
		from restrictions r where r.member_id = ${memberId} and r.kind in ('suspended', 'closed', 'apart')
			and r.ended_at is null and (r.until is null or r.until > now())
		having count(*) > 0
		on conflict (name_hash) do update set until = greatest(held_names.until, excluded.until)`)
}

/** Which of these folded names are held now. */
export async function heldAmong(tx: Db, skeletons: readonly string[]): Promise<Set<string>> {
	const byHash = new Map(skeletons.map((skeleton) => [hashOf(skeleton), skeleton]))
	if (byHash.size === 0) return new Set()
	const rows = await tx
		.select({ nameHash: heldNames.nameHash })
		.from(heldNames)
		.where(and(inArray(heldNames.nameHash, [...byHash.keys()]), gt(heldNames.until, sql`now()`)))
	return new Set(rows.map(({ nameHash }) => byHash.get(nameHash)!))
}

/** A coordinator has let somebody in with it. */
export const releaseName = (tx: Tx, skeleton: string) =>
	tx.delete(heldNames).where(eq(heldNames.nameHash, hashOf(skeleton)))

/** Forgets names whose time is over. */
export const forgetHeldNames = (tx: Db) => tx.delete(heldNames).where(lte(heldNames.until, sql`now()`))
