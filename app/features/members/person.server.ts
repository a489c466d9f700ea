import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { grants, members, organisations } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { isUuid } from '~/platform/text'
import { readKept, writeVersion } from './editions/rules-version'
import { asCoordinator } from './people.server'
import { vouchesFor } from './vouching/vouching.server'

/** What holds for her after decisions: what and until when, never about what, where, or from whom she is kept apart. */
const holdingFor = (id: string) =>
	db
		.selectDistinct({ kind: restrictions.kind, until: restrictions.until })
		.from(restrictions)
		.where(
			sql`${restrictions.memberId} = ${id}::uuid and ${restrictions.endedAt} is null
				and (${restrictions.until} is null or ${restrictions.until} > now())`,
		)
		.orderBy(restrictions.kind, restrictions.until)

/** One member as a coordinator sees her: standing and roles, nothing she wrote. Null when there is none. */
export async function readPerson(actor: Actor, id: string | null) {
	asCoordinator(actor)
	if (!id || !isUuid(id)) return null
	const [member] = await db
		.select({
			id: members.id,
			handle: members.handle,
			status: members.status,
			joinedAt: members.joinedAt,
			vouched: sql<boolean>`${members.vouchedAt} is not null`,
			rulesVersion: members.rulesVersion,
		})
		.from(members)
		.where(eq(members.id, id))
	if (!member) return null
	const [roles, vouchedBy, holding] = await Promise.all([rolesOf(id), vouchesFor(id), holdingFor(id)])
	const { rulesVersion, ...seen } = member
	return {
		...seen,
		self: member.id === actor.id,
		/** The rules she agreed to last. */
		rules: writeVersion(readKept(rulesVersion).agreed),
		roles,
		/** What was taken back counts no more. */
		vouches: vouchedBy.filter(({ endedAt }) => endedAt === null),
		holding,
	}
}

const rolesOf = (id: string) =>
	db
		.select({
			id: grants.id,
			role: grants.role,
			organisation: organisations.name,
			spaceId: grants.spaceId,
			languages: grants.languages,
			givenAt: grants.givenAt,
		})
		.from(grants)
		.leftJoin(organisations, eq(organisations.id, grants.organisationId))
		.where(and(eq(grants.memberId, id), isNull(grants.endedAt)))
		.orderBy(asc(grants.givenAt))

export type PersonSeen = NonNullable<Awaited<ReturnType<typeof readPerson>>>
