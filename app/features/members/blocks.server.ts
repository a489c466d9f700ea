import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { type Db, db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { blocks } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'
import { skeleton } from './handle'
import { lockMembers } from './locking.server'
import { FindPerson, OnePerson } from './members.schema'

/** Far more than anyone needs; what is not listed can still be lifted by name. */
const LISTED_AT_MOST = 300

/** Whom to look for: `openly` where blocks hide people, `between` also in what two share and keep when one leaves. */
interface Sought {
	openly: readonly string[]
	between: readonly string[]
}

/** Which of these members she can see somewhere. Each content feature answers for its own pages, in one query. */
export type Sightings = (tx: Db, actor: Actor, sought: Sought) => Promise<string[]>

/** What ends between two women when one of them blocks the other; handed in by the content features. */
export type Parting = (
	tx: Tx,
	pair: { by: string; from: string },
	publish: (event: DomainEvent) => void,
) => Promise<void>

/** Where people are seen, and what ends between them: the features do not know each other, so the route hands it in. */
export interface BlockDoors {
	sightings: readonly Sightings[]
	partings: readonly Parting[]
}

/** Whom one woman does not block herself. */
export const notBlockedBy = (blocker: SQL | string, member: PgColumn | SQL): SQL =>
	sql`not exists (select 1 from blocks hers where hers.blocker_id = ${blocker} and hers.blocked_id = ${member})`

/** Leaves out whom she herself blocks, where the other one goes on reading that she has left. */
export const notBlockedByHer = (actor: Actor, member: PgColumn | SQL): SQL | undefined =>
	actor.blocked.length === 0 ? undefined : notBlockedBy(actor.id, member)

/** Those with whom this member has a block, whoever of the two made it. */
export async function blockedWith(tx: Db, memberId: string): Promise<string[]> {
	const rows = await tx.execute<{ id: string }>(sql`
		select blocked_id as id from blocks where blocker_id = ${memberId} union
		select blocker_id as id from blocks where blocked_id = ${memberId}`)
	return rows.map(({ id }) => id)
}

/** The same for many at once; who has no block is missing. */
export async function blockedWithEach(tx: Db, memberIds: readonly string[]): Promise<Map<string, string[]>> {
	if (memberIds.length === 0) return new Map()
	const rows = await tx.execute<{ member: string; ids: string[] }>(sql`
		select pair.member, array_agg(distinct pair.other::text) as ids from (
			select blocker_id as member, blocked_id as other from blocks union
			select blocked_id as member, blocker_id as other from blocks) pair
		where pair.member = any(${pgArray(memberIds)}::uuid[]) group by pair.member`)
	return new Map(rows.map(({ member, ids }) => [member, ids]))
}

/** Which of these she sees somewhere, whatever page they are on. */
export async function seen(tx: Db, actor: Actor, sought: Sought, { sightings }: BlockDoors) {
	if (sought.between.length === 0) return new Set<string>()
	const found = await Promise.all(sightings.map((look) => look(tx, actor, sought)))
	return new Set(found.flat())
}

/** The other one's block was there before hers: of this woman the list may not say that she is still here. */
const hiddenBefore = sql<boolean>`exists (
	select 1 from blocks theirs where theirs.blocker_id = blocks.blocked_id and theirs.blocked_id = blocks.blocker_id
	and theirs.at < blocks.at)`

/** Those she blocks herself and, if asked for, one person more. */
const readRows = (actor: Actor, person: string | null) =>
	db
		.select({ id: members.id, handle: members.handle, at: blocks.at, hiddenBefore })
		.from(members)
		.leftJoin(
			blocks,
			and(eq(blocks.blockedId, members.id), eq(blocks.blockerId, actor.id), eq(blocks.own, true)),
		)
		.where(sql`${blocks.blockerId} is not null or ${members.id} = ${person}`)
		.orderBy(asc(members.skeleton))
		.limit(LISTED_AT_MOST)

/**
 * Those she blocks, by handle, and the person of the address whom she may block from there. Only those whose name she
 * could see without her own block are listed: a name she typed in must not be answered by the list either. Throws
 * `not-found` where the person is missing or nowhere to be seen by her.
 */
export async function readBlocked(actor: Actor, doors: BlockDoors, person: string | null) {
	if (person !== null && !isUuid(person)) throw new AppError('not-found')
	const rows = await readRows(actor, person)
	const isOpen = (row: (typeof rows)[number]) =>
		row.at === null ? !actor.blocked.includes(row.id) : !row.hiddenBefore
	const known = await seen(
		db,
		actor,
		{ openly: rows.filter(isOpen).map(({ id }) => id), between: rows.map(({ id }) => id) },
		doors,
	)
	const shown = rows.filter(({ id }) => known.has(id) && id !== actor.id)
	if (person !== null && !shown.some(({ id }) => id === person)) throw new AppError('not-found')
	return {
		blocked: shown.flatMap(({ id, handle, at }) => (at ? [{ id, handle, at }] : [])),
		person: shown.flatMap(({ id, handle, at }) => (at ? [] : [{ id, handle }]))[0] ?? null,
	}
}

/** Where a no-contact order was there before her, it is hers besides, from now on. */
const becomesHers = {
	target: [blocks.blockerId, blocks.blockedId],
	set: { own: true, at: sql`now()` },
	setWhere: sql`not blocks.own`,
}

type Publish = (event: DomainEvent) => void

/** Hers begins anew whether or not there was anyone: a name that nobody has must not be told by an open page. */
function tellSockets(publish: Publish, actor: Actor, other: string) {
	publish({ name: 'member:changed', memberId: actor.id })
	publish({ name: 'member:changed', memberId: other })
}

/** Nobody: all that is done with it is done in vain, and takes as long. */
const nobody = () => crypto.randomUUID()

/** The transaction has something to write, whoever the name is of: a COMMIT of nothing is told by its time. */
const writeInAnyCase = (tx: Tx, actor: Actor) => lockMembers(tx, [actor.id])

async function part(tx: Tx, actor: Actor, other: string, { partings }: BlockDoors, publish: Publish) {
	for (const parting of partings) await parting(tx, { by: actor.id, from: other }, publish)
}

/**
 * Blocks a woman she sees somewhere. Doing it twice changes nothing. Throws `not-found` where the other is missing or
 * nowhere to be seen by her.
 */
export const blockPerson = (doors: BlockDoors) =>
	command({
		input: OnePerson,
		limit: 'block',
		access: (actor, input) => readBlocked(actor, doors, input.member),
		async run({ actor, found: { person }, tx, publish }) {
			if (!person) return
			await tx
				.insert(blocks)
				.values({ blockerId: actor.id, blockedId: person.id })
				.onConflictDoUpdate(becomesHers)
			await part(tx, actor, person.id, doors, publish)
			tellSockets(publish, actor, person.id)
		},
	})

/** Blocks whoever has this handle. That nobody has it, or that it is her own, is answered and takes the same. */
export const blockHandle = (doors: BlockDoors) =>
	command({
		input: FindPerson,
		limit: 'block',
		async run({ actor, input, tx, publish }) {
			await writeInAnyCase(tx, actor)
			const [found] = await tx.execute<{ id: string }>(sql`
				with other as (select id from members where skeleton = ${skeleton(input.handle)} and id <> ${actor.id}),
				blocked as (insert into blocks (blocker_id, blocked_id) select ${actor.id}::uuid, id from other
					on conflict (blocker_id, blocked_id) do update set own = true, at = now() where not blocks.own)
				select id from other`)
			const other = found?.id ?? nobody()
			await part(tx, actor, other, doors, publish)
			tellSockets(publish, actor, other)
		},
	})

/**
 * Lifts a block of hers, in one statement: what a no-contact order holds stays in place and is only no longer hers. Where
 * there is none nothing happens. Gives whom she may see again, or would.
 */
async function lift(tx: Tx, actor: Actor, whom: SQL) {
	await writeInAnyCase(tx, actor)
	const [lifted] = await tx.execute<{ id: string }>(sql`
		with hers as (select blocked_id as id, order_id from blocks where blocker_id = ${actor.id} and own and blocked_id in (${whom})),
		freed as (delete from blocks using hers
			where blocker_id = ${actor.id} and blocked_id = hers.id and hers.order_id is null),
		held as (update blocks set own = false from hers
			where blocker_id = ${actor.id} and blocked_id = hers.id and hers.order_id is not null)
		select id from hers`)
	return lifted?.id ?? nobody()
}

/** Lifts a block of hers. Where there is none nothing happens, and nothing is said. */
export const unblockPerson = command({
	input: OnePerson,
	limit: 'block',
	async run({ actor, input, tx, publish }) {
		tellSockets(publish, actor, await lift(tx, actor, sql`${input.member}::uuid`))
	},
})

/** Lifts a block of hers by name, with one answer for every name. */
export const unblockHandle = command({
	input: FindPerson,
	limit: 'block',
	async run({ actor, input, tx, publish }) {
		const named = sql`select id from members where skeleton = ${skeleton(input.handle)}`
		tellSockets(publish, actor, await lift(tx, actor, named))
	},
})
