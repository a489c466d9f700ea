import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { roomDoors, roomMembers, roomSessions, rooms } from '~/db/schema/chat'
import type { Translated } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { refuseSilenced } from '~/features/moderation/measures/restraints'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { momentsOf, shownIn } from '~/platform/i18n/moments'
import { zoneFor } from '~/platform/i18n/zones'
import { isUuid } from '~/platform/text'
import { AnyRoom } from '../chat.schema'
import { letAllThrough } from '../holding/releasing.server'
import { accessLed, findSession, type Publish, refused, tellChange } from './access.server'
import { SESSION } from './session.limits'
import { canPlan, leads } from './session.policy'
import { ChangePlan, type Plan, PlanSession } from './session.schema'

const DAY_MS = 24 * 60 * 60 * 1000

/** The moment she means. Throws `invalid` for an hour the clock jumps over, and for one that is not ahead. */
function startOf({ date, time, zone }: Plan): Date {
	const refuse = (field: string, key: string) => new AppError('invalid', { fields: { [field]: key } })
	// Set back, the clock shows it twice: the first is meant.
	const [startsAt] = momentsOf(date, time, zone)
	if (!startsAt) throw refuse('time', 'sessions:plan.skipped')
	if (startsAt.getTime() <= Date.now()) throw refuse('date', 'sessions:plan.past')
	if (startsAt.getTime() > Date.now() + SESSION.daysAhead * DAY_MS) throw refuse('date', 'sessions:plan.far')
	return startsAt
}

/** Texts of one language: whoever reads another is shown them as they are, marked. */
const inOne = (language: string, text: string) => ({ [language]: text }) as Translated

const roomOf = ({ name, about, language, languages, keepDays, holds }: Plan) => ({
	names: inOne(language, name),
	about: about === '' ? null : inOne(language, about),
	languages,
	keepDays,
	holds: holds === 'yes',
})

const sessionOf = (plan: Plan) => ({
	startsAt: startOf(plan),
	minutes: plan.minutes,
	size: plan.size,
	rules: plan.rules,
	agenda: plan.agenda,
	lang: plan.language,
	dir: dirOf(plan.language),
	doors: plan.doors,
})

const hostsNow = (memberId: string) => sql`exists (select 1 from room_members m
	where m.room_id = room_sessions.room_id and m.member_id = ${memberId}::uuid and m.role = 'host' and m.left_at is null)`

async function checkNumber(tx: Tx, actor: Actor) {
	const going = await tx.$count(roomSessions, and(sql`state <> 'ended'`, hostsNow(actor.id)))
	if (going >= SESSION.atOnce) throw refused('enough')
}

/**
 * Plans a session that she will host. `key` makes the form sent twice one session. Throws `forbidden` for whoever may
 * not lead, `invalid` (`startOf`), `conflict` with too many at once.
 */
export const planSession = command({
	input: PlanSession.extend({ key: AnyRoom.shape.room }),
	limit: 'chat.plan',
	async run({ actor, input, tx }): Promise<{ id: string }> {
		if (!canPlan(actor)) throw new AppError('forbidden')
		refuseSilenced(actor, null)
		const session = sessionOf(input)
		await checkNumber(tx, actor)
		const [room] = await tx
			.insert(rooms)
			.values({ id: input.key, kind: 'session', ...roomOf(input) })
			.onConflictDoNothing()
			.returning({ id: rooms.id })
		if (!room) {
			if (!leads((await findSession(tx, actor, input.key)).seat)) throw new AppError('conflict')
			return { id: input.key }
		}
		await tx.insert(roomSessions).values({ roomId: room.id, ...session })
		await tx.insert(roomMembers).values({ roomId: room.id, memberId: actor.id, role: 'host' })
		return room
	},
})

/** How many are in it beside its hosts. */
const placesTaken = (tx: Tx, roomId: string) =>
	tx.$count(
		roomMembers,
		and(eq(roomMembers.roomId, roomId), eq(roomMembers.role, 'member'), isNull(roomMembers.leftAt)),
	)

/** Changes the plan of a session that has not begun. Never below the places that are taken. */
export const changePlan = command({
	input: ChangePlan,
	limit: 'chat.plan',
	async run({ actor, input, tx, publish }) {
		const { id, state } = await accessLed(tx, actor, input.room)
		if (state !== 'planned') throw refused('begun')
		refuseSilenced(actor, null)
		if ((await placesTaken(tx, id)) > input.size) {
			throw new AppError('invalid', { fields: { size: 'sessions:plan.taken' } })
		}
		await tx.update(rooms).set(roomOf(input)).where(eq(rooms.id, id))
		await tx.update(roomSessions).set(sessionOf(input)).where(eq(roomSessions.roomId, id))
		if (!input.holds) await letAllThrough(tx, id, publish)
		await tellChange(tx, id, publish)
	},
})

/** Ends a session inside a transaction that holds its room: those who are in it can read it, nobody writes any more. */
export async function closeSession(tx: Tx, roomId: string, publish: Publish) {
	await tx
		.update(roomSessions)
		.set({ state: 'ended', pausedBy: null, endedAt: sql`now()`, speakerId: null, doors: 'closed' })
		.where(eq(roomSessions.roomId, roomId))
	await tx.update(roomMembers).set({ handAt: null }).where(eq(roomMembers.roomId, roomId))
	await tx.delete(roomDoors).where(and(eq(roomDoors.roomId, roomId), eq(roomDoors.state, 'waiting')))
	const [room] = await tx
		.update(rooms)
		.set({ closedAt: sql`now()`, seq: sql`${rooms.seq} + 1` })
		.where(eq(rooms.id, roomId))
		.returning({ seq: rooms.seq })
	publish({ name: 'chat:closed', roomId, seq: room!.seq })
	await tellChange(tx, roomId, publish)
}

/** Calls a session off that has not begun: its door says so. */
export const cancelSession = command({
	input: AnyRoom,
	limit: 'chat.plan',
	async run({ actor, input, tx, publish, audit }) {
		const { id, state } = await accessLed(tx, actor, input.room)
		if (state !== 'planned') throw refused('begun')
		await closeSession(tx, id, publish)
		await audit({ action: 'session.cancelled', subjectKind: 'room', subjectId: id })
	},
})

/** The zone her times are shown in. */
export async function zoneOfActor(actor: Pick<Actor, 'id'>): Promise<string> {
	const [member] = await db
		.select({ zone: members.zone, hostCountry: members.hostCountry })
		.from(members)
		.where(eq(members.id, actor.id))
	return zoneFor(member ?? { zone: null, hostCountry: null })
}

/** What the form to plan a session begins with. Throws `not-found` for whoever may not plan. */
export async function readNewPlan(actor: Actor) {
	if (!canPlan(actor)) throw new AppError('not-found')
	return { formKey: randomUUID(), zone: await zoneOfActor(actor), speaks: actor.speaks, plan: null }
}

/** The plan of a session she leads and that has not begun, for the form to change it; else null. */
export async function readPlan(actor: Actor, roomId: string | undefined) {
	if (!isUuid(roomId)) throw new AppError('not-found')
	const session = await findSession(db, actor, roomId)
	if (!leads(session.seat) || session.state !== 'planned') return null
	const {
		id,
		names,
		about,
		lang,
		startsAt,
		minutes,
		languages,
		size,
		rules,
		agenda,
		keepDays,
		doors,
		holds,
	} = session
	const zone = await zoneOfActor(actor)
	return {
		formKey: id,
		zone,
		speaks: actor.speaks,
		plan: {
			name: names?.[lang] ?? '',
			about: about?.[lang] ?? '',
			language: lang,
			...shownIn(zone, startsAt),
			minutes,
			languages,
			size,
			rules,
			agenda: agenda.join('\n'),
			keepDays: keepDays ?? 30,
			doors,
			holds,
		},
	}
}
