import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { skeleton } from '~/features/members/handle'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { keyedHash } from '~/platform/secret.server'
import { ReportPerson } from './moderation.schema'
import { file } from './reports.server'
import { memberSubject } from './suspension.server'

/**
 * The id under which all names gather that one woman reports and nobody has: one case, however many names she makes up,
 * or hers would be the only ones in the queue. Always the same for her, and never a member's (version 8).
 */
function idOfNobody({ id }: Pick<Actor, 'id'>) {
	const hex = keyedHash('report.nobody', id)
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Whoever has this name. That nobody has it takes the same: one query, and a row of the same shape. Then what was typed
 * is all there is to read, and each name is a report of its own: in her list it stands like any other.
 */
async function personNamed(tx: Tx, actor: Actor, handle: string) {
	const folded = skeleton(handle)
	const [found] = await tx.execute<{ id: string; known: string | null; organisations: string[] }>(sql`
		select coalesce(m.id, ${idOfNobody(actor)}::uuid) as id, m.id as known, array(
			select om.organisation_id from organisation_members om where om.member_id = m.id
			union select g.organisation_id from grants g
				where g.member_id = m.id and g.organisation_id is not null and g.ended_at is null
			union select o.organisation_id from mentor_offers o
				where o.member_id = m.id and o.organisation_id is not null) as organisations
		from (values (${folded}::text)) as named(skeleton) left join members m on m.skeleton = named.skeleton`)
	const { id, known, organisations } = found!
	const reported = {
		...{ id, authorId: known, body: known ? '' : handle, lang: null, dir: 'ltr' as const },
		...{ private: false, spaceId: null, path: '', around: [] },
		// Her colleagues must not read who tells what of her.
		notOrganisations: organisations,
	}
	return { reported, nameHash: known ? '' : keyedHash('report.person', folded) }
}

/**
 * Reports a person by her name, also one she cannot see any more. One answer for every name, in every byte and in the
 * work done: nobody has it, it is her own, there is a block, she is suspended. It is always kept; for a name that
 * nobody has, moderators read what was typed. Also while she waits to be let in or is suspended: whoever frightens her
 * does not wait either.
 */
export const reportPerson = command({
	input: ReportPerson,
	limit: 'moderation.report',
	async run({ actor, input: { handle, reason, words }, tx }) {
		const named = await personNamed(tx, actor, handle)
		await file(tx, actor, { subjectKind: memberSubject.kind, ...named, reason, words, excerpt: handle })
		return { reason }
	},
})
