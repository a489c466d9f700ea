import { and, eq, lt, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { db } from '~/db/client.server'
import { grants, members, sessions } from '~/db/schema/members'
import { type Actor, type Role, STAFF_ROLES } from '~/platform/actor'
import { cookieIn, setCookie } from '~/platform/cookies.server'
import { AppError } from '~/platform/errors'
import type { RequestArgs } from '~/platform/http.server'
import { alsoAsked } from '~/platform/i18n/also.server'
import { randomToken } from '~/platform/secret.server'
import { pgArray } from '~/platform/text'
import { askAboutRules } from './editions/in-force.server'
import { hasLeft, tokenHash } from './session-ends.server'
import { type FoundSession, findByHash } from './session-rows.server'
import { endDueSuspensions } from './shut-out.server'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** Sessions that must end at once, on every open connection. */
		'session:ended': { memberId: string; sessionIds: string[] }
		/** What she may do changed (a grant, a suspension): connections must ask again. */
		'member:changed': { memberId: string }
	}
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long a session lives without use, and at most, by the kind of device and the power it holds (DESIGN 10). */
const LIFETIMES = {
	own: { idle: 14 * DAY_MS, most: 60 * DAY_MS },
	shared: { idle: 15 * MINUTE_MS, most: 12 * HOUR_MS },
	staff: { idle: 30 * MINUTE_MS, most: 12 * HOUR_MS },
} as const
/** A session's last use is written at most this often. */
const TOUCH_EVERY_MS = MINUTE_MS

const COOKIE = 'mimosa'

/** The token in a Cookie header, if there is one of our shape. */
export const tokenIn = (cookieHeader: string | null | undefined): string | undefined =>
	cookieIn(cookieHeader, COOKIE, '[\\w-]{43}')

/** Set-Cookie for a new session. On a shared device it goes when the browser is closed. */
export const sessionCookie = (token: string, device: 'own' | 'shared'): string =>
	setCookie(COOKIE, token, device === 'own' ? { maxAge: LIFETIMES.own.most / 1000 } : {})

/** Set-Cookie that removes it. */
export const noSessionCookie = () => setCookie(COOKIE, '', { maxAge: 0 })

const isStaffRole = (role: Role) => STAFF_ROLES.includes(role)

function hasEnded(found: FoundSession, now: number): boolean {
	const { idle, most } =
		LIFETIMES[found.grants.some(({ role }) => isStaffRole(role)) ? 'staff' : found.device]
	const shared = LIFETIMES.shared
	const idleLimit = found.device === 'shared' ? Math.min(idle, shared.idle) : idle
	return now - found.lastSeenAt.getTime() > idleLimit || now - found.createdAt.getTime() > most
}

function present(found: FoundSession): Actor {
	const staff = found.grants.some(({ role }) => isStaffRole(role))
	const due = !staff || found.secondFactorAt ? 'no' : found.totpConfirmedAt ? 'give' : 'set-up'
	return {
		id: found.id,
		handle: found.handle,
		sessionId: found.sessionId,
		device: found.device,
		status: found.status,
		locale: found.locale,
		secondLocale: found.secondLocale,
		calendar: found.calendar,
		nastaliq: found.nastaliq,
		hostCountry: found.hostCountry,
		reads: found.reads,
		speaks: found.speaks,
		grants: due === 'no' ? found.grants : found.grants.filter(({ role }) => !isStaffRole(role)),
		organisations: found.organisations,
		vouched: found.vouched,
		restraints: found.restraints.map((one) => ({ ...one, until: one.until ? new Date(one.until) : null })),
		rulesVersion: found.rulesVersion,
		blocked: found.blocked,
		unread: found.unread,
		recovery: found.recovery,
		secondFactorDue: due,
		freshAt: found.freshAt,
	}
}

/**
 * Who holds this token now, read from the database each time; null when the session is over. `quietly`: asking does not
 * count as use, for what an open page asks by itself.
 */
export async function actorOfToken(
	token: string | undefined,
	{ quietly = false, onEnded }: { quietly?: boolean; onEnded?(memberId: string): void } = {},
): Promise<Actor | null> {
	if (!token) return null
	const hash = tokenHash(token)
	const found = hasLeft(hash) ? undefined : await findByHash(hash)
	if (!found) return null
	const now = new Date(found.now).getTime()
	if (hasEnded(found, now)) {
		await db.delete(sessions).where(eq(sessions.id, found.sessionId))
		onEnded?.(found.id)
		return null
	}
	if (!quietly && now - found.lastSeenAt.getTime() > TOUCH_EVERY_MS) await touch(found.sessionId)
	// Her time may be over before the house has looked.
	const back = found.status === 'suspended' && (await endDueSuspensions(found.id)) > 0
	return present(back ? { ...found, status: 'active' } : found)
}

/** Which of these sessions are over, or belong to a woman who is no longer active. */
export async function endedAmong(sessionIds: readonly string[]): Promise<string[]> {
	const rows = await db.execute<{ id: string }>(sql`
		select here.id from unnest(${pgArray(sessionIds)}::uuid[]) as here(id)
		where not exists (select 1 from ${sessions} join ${members} on ${members.id} = ${sessions.memberId}
			where ${sessions.id} = here.id and ${members.status} = 'active')`)
	return rows.map(({ id }) => id)
}

const touch = (sessionId: string) =>
	db
		.update(sessions)
		.set({ lastSeenAt: sql`now()` })
		.where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, sql`now() - interval '50 seconds'`)))

/** Whether these cookies are those of a session, open or only just ended by itself. */
export async function hasSession(cookies: string | undefined): Promise<boolean> {
	const token = tokenIn(cookies)
	return token !== undefined && (await db.$count(sessions, eq(sessions.tokenHash, tokenHash(token)))) > 0
}

/** Who is asking, or null; looked up once for a request however many loaders ask. */
export function readActor({ request, context }: RequestArgs): Promise<Actor | null> {
	const known = context.memo.get('actor') as Promise<Actor | null> | undefined
	if (known) return known
	const onEnded = (memberId: string) => void context.memo.set('ended', memberId)
	const also = alsoAsked(request)
	const reading = actorOfToken(tokenIn(request.headers.get('cookie')), { onEnded }).then((actor) =>
		actor && also ? { ...actor, also } : actor,
	)
	context.memo.set('actor', reading)
	return reading
}

/** Whose session was found to have ended by itself in this request: what she sent with it can be kept for her. */
export const endedFor = ({ context }: RequestArgs) => context.memo.get('ended') as string | undefined

/**
 * Who is asking, for the pages of the community. Throws `not-signed-in`; `not-found` for a woman who waits for approval
 * or is suspended: what she may not see is, to the byte, what is not there. Throws the way to new rules
 * that she was not asked about yet.
 */
export async function requireActor(args: RequestArgs): Promise<Actor> {
	const actor = await requireAnyActor(args)
	if (actor.status !== 'active') throw new AppError('not-found')
	askAboutRules(args.request, actor)
	return actor
}

/** Like `requireActor`, for the pages that stay hers while she waits or is suspended (her own account, help). */
export async function requireAnyActor(args: RequestArgs): Promise<Actor> {
	const actor = await readActor(args)
	if (!actor) throw new AppError('not-signed-in')
	return actor
}

interface NewSession {
	memberId: string
	device: 'own' | 'shared'
	kind: 'phone' | 'tablet' | 'computer' | 'other'
}

/** Opens a session and returns the cookie's token. Always a new one: a preset cookie is never taken over. */
export async function openSession(tx: Tx, { memberId, device, kind }: NewSession): Promise<string> {
	const token = randomToken()
	await tx.insert(sessions).values({ memberId, device, kind, tokenHash: tokenHash(token) })
	return token
}

/** Gives a session a new token: the old cookie is dead at once. For every change of what the session may do. */
export async function renewToken(tx: Tx, sessionId: string): Promise<string> {
	const token = randomToken()
	await tx
		.update(sessions)
		.set({ tokenHash: tokenHash(token) })
		.where(eq(sessions.id, sessionId))
	return token
}

/** Ends sessions of hers: one, or all but the one she keeps. Returns what to announce. */
export async function endSessions(tx: Tx, memberId: string, which: { only?: string; except?: string } = {}) {
	const mine = eq(sessions.memberId, memberId)
	const picked = which.only ? and(mine, eq(sessions.id, which.only)) : mine
	const gone = await tx
		.delete(sessions)
		.where(which.except ? and(picked, sql`${sessions.id} <> ${which.except}`) : picked)
		.returning({ id: sessions.id })
	return { name: 'session:ended' as const, memberId, sessionIds: gone.map(({ id }) => id) }
}

/** Gives a role, on record. */
export async function giveGrant(
	tx: Tx,
	grant: {
		memberId: string
		role: Role
		givenBy: string | null
		organisationId?: string | null
		spaceId?: string | null
		languages?: string[] | null
	},
) {
	await tx.insert(grants).values(grant)
}
