import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { type Actor, type Role, STAFF_ROLES } from '~/platform/actor'
import { cursorOf, readCursor, timeOf } from '~/platform/cursor'
import { pgArray } from '~/platform/text'
import { asCoordinator } from './people.server'
import { PEOPLE_SHOWN, type PeopleShown } from './people-shown'

const PAGE = 40

/** Her roles of staff, each once. */
const staffRoles = sql<Role[]>`array(select distinct g.role from grants g where g.member_id = members.id
	and g.ended_at is null and g.role = any(${pgArray(STAFF_ROLES)}::text[]) order by g.role)`

const hasRole = (
	roles: readonly string[],
) => sql`exists (select 1 from grants g where g.member_id = members.id
	and g.ended_at is null and g.role = any(${pgArray(roles)}::text[]))`

/** Which women a list shows: staff, or those of one role; who is suspended; who is in and whom nobody has vouched for. */
function shownIn(show: PeopleShown): SQL | undefined {
	if (show === 'suspended') return eq(members.status, 'suspended')
	if (show === 'new') return and(eq(members.status, 'active'), isNull(members.vouchedAt))
	return hasRole(show === 'staff' ? STAFF_ROLES : [show])
}

/** What an address asks for; staff where it names nothing there is. */
export const readShown = (raw: string | null): PeopleShown =>
	PEOPLE_SHOWN.find((shown) => shown === raw) ?? 'staff'

/**
 * Women by what a coordinator looks after, newest first, a page at a time: names, standing and roles, nothing they wrote
 * and nothing of whom they talk to. There is no list of everybody. Throws `not-found` for everyone else.
 */
export async function listPeople(actor: Actor, show: PeopleShown, before: string | null) {
	asCoordinator(actor)
	const place = readCursor(before)
	const older =
		place && sql`(${members.joinedAt}, ${members.id}) < (${timeOf(place)}::timestamptz, ${place.id}::uuid)`
	const rows = await db
		.select({
			id: members.id,
			handle: members.handle,
			status: members.status,
			joinedAt: members.joinedAt,
			micros: sql<string>`(extract(epoch from ${members.joinedAt}) * 1000000)::bigint::text`,
			roles: staffRoles,
		})
		.from(members)
		.where(and(shownIn(show), older))
		.orderBy(sql`${members.joinedAt} desc, ${members.id} desc`)
		.limit(PAGE + 1)
	const items = rows.slice(0, PAGE)
	const last = items.at(-1)
	return {
		show,
		people: items.map(({ micros: _micros, ...person }) => person),
		older: rows.length > PAGE && last ? cursorOf(last) : undefined,
	}
}

export type PeopleList = Awaited<ReturnType<typeof listPeople>>
