import { and, asc, eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { moderatorShifts } from '~/db/schema/house-rules'
import { members } from '~/db/schema/members'
import { setting } from '~/features/members/settings/settings.server'
import { type Actor, holds } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { zoneFor } from '~/platform/i18n/zones'
import { pgArray } from '~/platform/text'
import { moderatesNow } from '../moderators.server'
import { AddShift, RemoveShift } from './rota.schema'
import { gapsOf, goingOnUntil, sameTimes } from './week'

/** Of one woman; more than this is a slip of the finger. */
const SHIFTS_AT_MOST = 50
/** A language that fewer members read is not named among the gaps: it would tell of one woman. */
const READERS_AT_LEAST = 3

/** Moderators see the week and add what is their own; coordinators look after all of it. */
export type RotaRole = 'moderator' | 'coordinator'

/** For everyone else there is no rota. */
function inRole(actor: Actor, role: RotaRole) {
	if (!holds(actor, role)) throw new AppError('not-found')
}

/** A shift of a woman who lost her role or her account counts no more. */
const isModerator = moderatesNow(sql`moderator_shifts.member_id`)

const shiftsOf = () =>
	db
		.select({
			id: moderatorShifts.id,
			memberId: moderatorShifts.memberId,
			handle: members.handle,
			weekday: moderatorShifts.weekday,
			fromMinute: moderatorShifts.fromMinute,
			toMinute: moderatorShifts.toMinute,
			languages: moderatorShifts.languages,
		})
		.from(moderatorShifts)
		.innerJoin(members, eq(members.id, moderatorShifts.memberId))

async function listModerators() {
	return db
		.select({ id: members.id, handle: members.handle, reads: members.reads })
		.from(members)
		.where(moderatesNow(sql`members.id`))
		.orderBy(asc(members.handle))
}

/** The languages that members read here, as far as that tells of nobody. */
async function languagesRead(): Promise<string[]> {
	const rows = await db.execute<{ tag: string }>(sql`
		select tag from members, unnest(members.reads) as tag where members.status = 'active'
		group by tag having count(*) >= ${READERS_AT_LEAST} order by tag`)
	return rows.map(({ tag }) => tag)
}

const ownZone = async (actor: Actor) => {
	const [row] = await db
		.select({ zone: members.zone, hostCountry: members.hostCountry })
		.from(members)
		.where(eq(members.id, actor.id))
	return row && (row.zone || row.hostCountry) ? zoneFor(row) : setting('zone')
}

/**
 * The week as one of the two sees it: every shift, the gaps of each language, and the clocks they are shown by. Throws
 * `not-found` for whom does not hold the role.
 */
export async function readRota(actor: Actor, role: RotaRole) {
	inRole(actor, role)
	const [shifts, moderators, read, hers] = await Promise.all([
		shiftsOf()
			.where(isModerator)
			.orderBy(asc(moderatorShifts.weekday), asc(moderatorShifts.fromMinute), asc(moderatorShifts.id)),
		listModerators(),
		languagesRead(),
		ownZone(actor),
	])
	const languages = [...new Set([...read, ...shifts.flatMap((shift) => shift.languages)])].sort()
	const coordinates = role === 'coordinator'
	return {
		zone: setting('zone'),
		/** Her own clock. */
		hers,
		shifts: shifts.map(({ memberId, ...shift }) => ({
			...shift,
			own: memberId === actor.id,
			removable: coordinates || memberId === actor.id,
		})),
		gaps: languages.map((language) => {
			const gaps = gapsOf(shifts.filter((shift) => shift.languages.includes(language)))
			return { language, nobody: gaps === null, times: sameTimes(gaps ?? []) }
		}),
		/** For whom she can add a shift: herself, or as a coordinator anybody who moderates. */
		choices: moderators
			.filter(({ id }) => coordinates || id === actor.id)
			.map(({ id, handle }) => ({ id, handle, own: id === actor.id })),
		languages: [
			...new Set([...actor.reads, ...languages, ...moderators.flatMap(({ reads }) => reads)]),
		].sort(),
		now: new Date(),
	}
}

export type Rota = Awaited<ReturnType<typeof readRota>>

/** Until when her shift lasts that is now; null where there is none. It does not put her on duty: that she says herself. */
export async function ownShiftNow(actor: Actor): Promise<Date | null> {
	const [now, zone] = [new Date(), setting('zone')]
	const hers = await shiftsOf().where(eq(moderatorShifts.memberId, actor.id))
	const ends = hers.flatMap((shift) => goingOnUntil(shift, zone, now) ?? [])
	return ends.length > 0 ? new Date(Math.max(...ends.map(Number))) : null
}

/** Locks whose shift it is to be. Throws `invalid` for one who does not moderate. */
async function lockModerator(tx: Tx, id: string) {
	const [found] = await tx.execute<{ moderates: boolean }>(sql`
		select ${moderatesNow(sql`m.id`)} as moderates from members m where m.id = ${id}::uuid for no key update of m`)
	if (!found?.moderates) throw new AppError('invalid', { fields: { member: 'rota:notModerator' } })
}

/**
 * Adds a shift, on record: as a moderator her own, as a coordinator anybody's who moderates. The same one twice is one.
 * Throws `not-found` for everyone else, `invalid` for whom does not moderate, and with too many.
 */
export const addShift = (as: RotaRole) =>
	command({
		input: AddShift,
		limit: 'moderation.decide',
		async run({ actor, input, tx, audit }) {
			inRole(actor, as)
			const memberId = input.member ?? actor.id
			if (memberId !== actor.id && as !== 'coordinator') throw new AppError('not-found')
			await lockModerator(tx, memberId)
			const { weekday, from: fromMinute, to: toMinute, languages } = input
			const hers = eq(moderatorShifts.memberId, memberId)
			const same = and(
				hers,
				eq(moderatorShifts.weekday, weekday),
				eq(moderatorShifts.fromMinute, fromMinute),
				eq(moderatorShifts.toMinute, toMinute),
				sql`${moderatorShifts.languages} = ${pgArray(languages)}::text[]`,
			)
			if ((await tx.$count(moderatorShifts, same)) > 0) return
			if ((await tx.$count(moderatorShifts, hers)) >= SHIFTS_AT_MOST)
				throw new AppError('invalid', { fields: { '': 'rota:enough' } })
			const fields = { memberId, weekday, fromMinute, toMinute, languages, madeBy: actor.id }
			const [made] = await tx.insert(moderatorShifts).values(fields).returning({ id: moderatorShifts.id })
			await audit({ action: 'shift.added', subjectKind: 'shift', subjectId: made!.id, memberId })
		},
	})

/**
 * Takes a shift away, on record: as a moderator her own, as a coordinator anybody's. One that is gone already is fine.
 * Throws `not-found` for another's.
 */
export const removeShift = (as: RotaRole) =>
	command({
		input: RemoveShift,
		limit: 'moderation.decide',
		async run({ actor, input, tx, audit }) {
			inRole(actor, as)
			const [shift] = await tx
				.select({ memberId: moderatorShifts.memberId })
				.from(moderatorShifts)
				.where(eq(moderatorShifts.id, input.shift))
				.for('update')
			if (!shift) return
			if (shift.memberId !== actor.id && as !== 'coordinator') throw new AppError('not-found')
			await tx.delete(moderatorShifts).where(eq(moderatorShifts.id, input.shift))
			await audit({
				action: 'shift.removed',
				subjectKind: 'shift',
				subjectId: input.shift,
				memberId: shift.memberId,
			})
		},
	})
