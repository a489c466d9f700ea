import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { invitations, organisations } from '~/db/schema/members'
import { type Actor, holds } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { keyedHash } from '~/platform/secret.server'
import { isUuid } from '~/platform/text'
import { OneInvitation } from './members.schema'
import { listOrganisations } from './people.server'
import { normalCode } from './recovery-codes.server'
import { setting } from './settings/settings.server'

export interface Invitation {
	organisationId: string | null
	role: 'member' | 'coordinator'
}

const PAGE = 40

export const invitationHash = (code: string) => keyedHash('invitation', normalCode(code))

/**
 * Uses up the invitation she gave, if she gave one. Throws `invalid` (field `code`) when it is not one, was used, has
 * run out, or is missing where registration asks for one; the answer is the same for all of these.
 */
export async function takeInvitation(tx: Tx, code: string | undefined): Promise<Invitation | null> {
	if (!code?.trim()) {
		if (setting('registration') === 'code')
			throw new AppError('invalid', { fields: { code: 'errors:codeNeeded' } })
		return null
	}
	const [taken] = await tx
		.update(invitations)
		.set({ usedAt: sql`now()` })
		.where(and(eq(invitations.codeHash, invitationHash(code)), isOpen))
		.returning({ organisationId: invitations.organisationId, role: invitations.role })
	if (!taken) throw new AppError('invalid', { fields: { code: 'errors:codeNotGood' } })
	return taken
}

export const isOpen = and(
	isNull(invitations.usedAt),
	isNull(invitations.withdrawnAt),
	sql`${invitations.expiresAt} > now()`,
)

/** The organisations whose practitioner or lead she is. */
const ownOrganisations = (actor: Actor): string[] =>
	actor.grants.flatMap(({ role, organisationId }) =>
		(role === 'practitioner' || role === 'lead') && organisationId ? [organisationId] : [],
	)

/** What she may invite for. Throws `not-found` for everyone who may not invite at all. */
export function inviterScope(actor: Actor): { everywhere: boolean; own: string[] } {
	const everywhere = holds(actor, 'coordinator')
	const own = ownOrganisations(actor)
	if (!everywhere && own.length === 0) throw new AppError('not-found')
	return { everywhere, own }
}

/** Invitations of hers to see: all of them for a coordinator, those of her organisations for the others. */
function within(actor: Actor) {
	const { everywhere, own } = inviterScope(actor)
	// The one-time link of an empty installation is the operator's, not an invitation of the community.
	const ordinary = eq(invitations.role, 'member')
	return everywhere ? ordinary : and(ordinary, inArray(invitations.organisationId, own))
}

const state = sql<'open' | 'used' | 'withdrawn' | 'over'>`case
	when ${invitations.usedAt} is not null then 'used'
	when ${invitations.withdrawnAt} is not null then 'withdrawn'
	when ${invitations.expiresAt} <= now() then 'over' else 'open' end`

/** What is printed on a card and shown in the list, to find the one for the other. Says nothing about the code. */
export const markOf = (id: string) => id.slice(0, 4).toUpperCase()

/** Her invitations, newest first, a page at a time (`before` = the last id of the page above); never with their codes. */
export async function listInvitations(actor: Actor, before: string | null) {
	const cursor =
		before && isUuid(before)
			? sql`(${invitations.createdAt}, ${invitations.id}) < (select i.created_at, i.id from ${invitations} i where i.id = ${before})`
			: undefined
	const rows = await db
		.select({
			id: invitations.id,
			organisation: organisations.name,
			createdAt: invitations.createdAt,
			expiresAt: invitations.expiresAt,
			state,
		})
		.from(invitations)
		.leftJoin(organisations, eq(organisations.id, invitations.organisationId))
		.where(and(within(actor), cursor))
		.orderBy(desc(invitations.createdAt), desc(invitations.id))
		.limit(PAGE + 1)
	const items = rows.slice(0, PAGE).map((row) => ({ ...row, mark: markOf(row.id) }))
	return { items, older: rows.length > PAGE ? items.at(-1)?.id : undefined }
}

export type InvitationRow = Awaited<ReturnType<typeof listInvitations>>['items'][number]

/** The organisations she may choose from; a coordinator may also invite for none. */
export async function invitationChoices(actor: Actor) {
	const { everywhere, own } = inviterScope(actor)
	const all = await listOrganisations()
	return { everywhere, organisations: everywhere ? all : all.filter(({ id }) => own.includes(id)) }
}

/** Withdraws an invitation that nobody used yet. Throws `not-found` for one that is not hers to see. */
export const withdrawInvitation = command({
	input: OneInvitation,
	async run({ actor, input, tx, audit }) {
		const [seen] = await tx
			.select({ state })
			.from(invitations)
			.where(and(eq(invitations.id, input.invitation), within(actor)))
			.for('update')
		if (!seen) throw new AppError('not-found')
		if (seen.state !== 'open') return
		await tx.update(invitations).set({ withdrawnAt: sql`now()` }).where(eq(invitations.id, input.invitation))
		await audit({ action: 'invitation.withdrawn', subjectKind: 'invitation', subjectId: input.invitation })
	},
})
