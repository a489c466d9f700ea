import type { Tx } from '~/db/client.server'
import { spaceMembers, spaces } from '~/db/schema/forum'
import { daysBefore } from './clock'
import type { ExamplePeople, ExampleSpace } from './texts.server'
import type { ExampleIds } from './write-people.server'

const INVITED_DAYS_AGO = 30
const CAME_IN_DAYS_AGO = 29
/** Those who have not answered were asked this recently. */
const ASKED_DAYS_AGO = 2

export interface Player {
	handle: string
	reads: string[]
	speaks: string[]
	mentor: boolean
}

/** A space that was written, and who can say something in it. */
export interface WrittenSpace {
	id: string
	players: Player[]
}

/** Who can play a part: speakers of its languages, mentors where a mentor speaks. */
export const playersOf = (people: ExamplePeople): Player[] => {
	const mentors = new Set(people.mentors.map(({ handle }) => handle))
	return people.members.map(({ handle, reads, speaks }) => ({
		handle,
		reads,
		speaks,
		mentor: mentors.has(handle),
	}))
}

/** Handles of those for whom a space was made; undefined where it is open to everyone. */
function insidersOf(space: ExampleSpace, people: ExamplePeople, ids: ExampleIds): string[] | undefined {
	if (space.access === 'organisation') return ids.insiders(space.organisation!)
	if (space.access === 'practitioners') return [...people.practitioners, ...people.leads]
	if (space.access === 'invited') return space.cameIn
	return undefined
}

/** Writes the spaces with their doors, and gives them by key. */
export async function writeSpaces(
	tx: Tx,
	people: ExamplePeople,
	ids: ExampleIds,
): Promise<Map<string, WrittenSpace>> {
	const everyone = playersOf(people)
	const rows = people.spaces.map(({ icon, names, descriptions, access, organisation, aliasAllowed }, at) => ({
		id: crypto.randomUUID(),
		position: at + 1,
		icon,
		names,
		descriptions,
		access,
		organisationId: organisation ? ids.organisation(organisation) : null,
		aliasAllowed,
	}))
	await tx.insert(spaces).values(rows)
	const written = new Map<string, WrittenSpace>()
	for (const [at, space] of people.spaces.entries()) {
		const { id } = rows[at]!
		const insiders = insidersOf(space, people, ids)
		written.set(space.key, {
			id,
			players: insiders ? everyone.filter(({ handle }) => insiders.includes(handle)) : everyone,
		})
		if (space.access === 'invited') await writeInvited(tx, id, space, people, ids)
	}
	return written
}

async function writeInvited(
	tx: Tx,
	spaceId: string,
	{ cameIn = [], invited = [] }: ExampleSpace,
	{ coordinators }: ExamplePeople,
	{ member, now }: ExampleIds,
) {
	const row = (handle: string, daysAgo: number, acceptedAt: Date | null) => ({
		spaceId,
		memberId: member(handle),
		invitedBy: member(coordinators[0]!),
		invitedAt: daysBefore(now, daysAgo),
		acceptedAt,
	})
	await tx
		.insert(spaceMembers)
		.values([
			...cameIn.map((handle) => row(handle, INVITED_DAYS_AGO, daysBefore(now, CAME_IN_DAYS_AGO))),
			...invited.map((handle) => row(handle, ASKED_DAYS_AGO, null)),
		])
}
