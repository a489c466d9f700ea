import type { Tx } from '~/db/client.server'
import { grants, members, organisations } from '~/db/schema/members'
import { organisationMembers } from '~/db/schema/ties'
import { skeleton } from '~/features/members/handle'
import { RULES_VERSION } from '~/features/members/members.schema'
import type { Role } from '~/platform/actor'
import { seal } from '~/platform/secret.server'
import { daysBefore } from './clock'
import type { ExampleSignIn } from './sign-ins.server'
import type { ExamplePeople } from './texts.server'
import { isMentor, writeOffers } from './write-offers.server'

/** Ids of the invented people by handle, and the shared clock all times are counted back from. */
export interface ExampleIds {
	member(handle: string): string
	/** Id of an organisation by its key. */
	organisation(key: string): string
	/** Handles of an organisation's members and staff. */
	insiders(key: string): string[]
	now: Date
}

interface Hashes {
	locked: string
	own: Map<string, string>
}

/** Everybody joined within this many days, in the order of the list. */
const JOINED_WITHIN_DAYS = 300

/** Writes organisations, members, their roles and the mentors' offers. */
export async function writePeople(
	tx: Tx,
	people: ExamplePeople,
	signIns: ExampleSignIn[],
	hashes: Hashes,
): Promise<ExampleIds> {
	const now = new Date()
	const orgs = people.organisations.map((row) => ({ ...row, id: crypto.randomUUID() }))
	await tx
		.insert(organisations)
		.values(
			orgs.map(({ id, name, names, abouts, country, kind }) => ({ id, name, names, abouts, country, kind })),
		)
	const keys = new Map(signIns.map(({ handle, totpKey }) => [handle, totpKey]))
	const rows = await tx
		.insert(members)
		.values(
			people.members.map((person, at) =>
				memberRow(person, { at, of: people.members.length, now, hashes, key: keys.get(person.handle) }),
			),
		)
		.returning({ id: members.id, handle: members.handle, joinedAt: members.joinedAt })
	const joined = new Map(rows.map(({ handle, joinedAt }) => [handle, joinedAt]))
	const ids = new Map(rows.map(({ id, handle }) => [handle, id]))
	const member = (handle: string) => {
		const id = ids.get(handle)
		if (!id) throw new Error('the example names someone who is not in its list of members')
		return id
	}
	const countries = new Map(people.members.map(({ handle, country }) => [handle, country]))
	const orgOf = (handle: string) =>
		orgs.find(({ country }) => country === countries.get(handle))?.id ?? orgs[0]!.id
	await writeRoles(tx, people, member, orgOf)
	await writeOffers(tx, people, { member, orgOf, countryOf: (handle) => countries.get(handle)!, now })
	await tx.insert(organisationMembers).values(
		orgs.flatMap(({ id, members: handles = [] }) =>
			handles.map((handle) => ({
				organisationId: id,
				memberId: member(handle),
				since: joined.get(handle),
			})),
		),
	)
	const organisation = (key: string) => orgs.find((org) => org.key === key)!.id
	const staff = [...people.practitioners, ...people.leads]
	const insiders = (key: string) => [
		...(orgs.find((org) => org.key === key)?.members ?? []),
		...staff.filter((handle) => orgOf(handle) === organisation(key)),
	]
	return { member, organisation, insiders, now }
}

interface RowContext {
	at: number
	of: number
	now: Date
	hashes: Hashes
	key?: string
}

function memberRow(person: ExamplePeople['members'][number], { at, of, now, hashes, key }: RowContext) {
	const joinedAt = daysBefore(now, JOINED_WITHIN_DAYS * (1 - at / of) + 1)
	return {
		handle: person.handle,
		skeleton: skeleton(person.handle),
		passphraseHash: hashes.own.get(person.handle) ?? hashes.locked,
		hostCountry: person.country,
		reads: person.reads,
		speaks: person.speaks,
		about: person.about,
		rulesVersion: RULES_VERSION,
		joinedAt,
		ageConfirmedAt: joinedAt,
		vouchedAt: joinedAt,
		...(key ? { totpSecret: seal('totp', key), totpConfirmedAt: joinedAt } : {}),
	}
}

async function writeRoles(
	tx: Tx,
	people: ExamplePeople,
	member: (handle: string) => string,
	orgOf: (handle: string) => string,
) {
	const givenBy = member(people.coordinators[0]!)
	const of = (role: Role, handles: string[], inOrganisation: boolean) =>
		handles.map((handle) => ({
			memberId: member(handle),
			role,
			givenBy,
			organisationId: inOrganisation ? orgOf(handle) : null,
		}))
	await tx.insert(grants).values([
		...of(
			'mentor',
			people.mentors.filter(isMentor).map(({ handle }) => handle),
			false,
		),
		...of('moderator', people.moderators, false),
		...of('practitioner', people.practitioners, true),
		...of('lead', people.leads, true),
		...of('coordinator', people.coordinators, false),
	])
}
