import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { invitations, organisations } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { keyedHash } from '~/platform/secret.server'
import { invitationHash, inviterScope, isOpen, markOf } from './invitations.server'
import { MakeInvitations } from './members.schema'
import { type QrShape, qrShape } from './qr.server'
import { codeFromBytes } from './recovery-codes.server'

const VALID_DAYS = 7
/** A printer jams: the same form sent again shows the same cards, for this long. */
const SHOWN_AGAIN_MINUTES = 60

/** One card, as it is printed: the only time the code is seen. */
export interface InvitationCard {
	code: string
	mark: string
	link: string
	/** The address without "https://", for those who type it. */
	address: string
	expiresAt: Date
	qr: QrShape
}

function cardOf(code: string, row: { id: string; expiresAt: Date }): InvitationCard {
	const origin = env().origins[0]
	const link = `${origin}/join?code=${code}`
	const address = `${origin.replace(/^https?:\/\//, '')}/join`
	return { code, mark: markOf(row.id), link, address, expiresAt: row.expiresAt, qr: qrShape(link) }
}

/** The codes of one form: made from its key, so that the same form sent twice makes the same ones. */
const codesOf = (actor: Actor, key: string, count: number) =>
	Array.from({ length: count }, (_, at) =>
		codeFromBytes(Buffer.from(keyedHash('invitation-code', `${actor.id} ${key} ${at}`), 'hex')),
	)

function organisationFor(actor: Actor, asked: string | null): string | null {
	const { everywhere, own } = inviterScope(actor)
	const wanted = asked ?? (everywhere ? null : own[0]!)
	if (wanted && !everywhere && !own.includes(wanted)) {
		throw new AppError('invalid', { fields: { organisation: 'errors:chooseOrganisation' } })
	}
	return wanted
}

/** Makes 1 to 20 invitations, each for one woman and seven days, and returns their cards. */
export const makeInvitations = command({
	input: MakeInvitations,
	limit: 'invite',
	async run({ actor, input: { count, organisation, key }, tx, audit }) {
		const organisationId = organisationFor(actor, organisation)
		if (organisationId && (await tx.$count(organisations, eq(organisations.id, organisationId))) === 0) {
			throw new AppError('invalid', { fields: { organisation: 'errors:chooseOrganisation' } })
		}
		const codes = codesOf(actor, key, count)
		const expiresAt = sql`now() + make_interval(days => ${VALID_DAYS})`
		const made = await tx
			.insert(invitations)
			.values(
				codes.map((code) => ({
					codeHash: invitationHash(code),
					organisationId,
					createdBy: actor.id,
					expiresAt,
				})),
			)
			.onConflictDoNothing({ target: invitations.codeHash })
			.returning({ id: invitations.id })
		if (made.length > 0)
			await audit({ action: 'invitations.made', subjectKind: 'count', subjectId: String(made.length) })
		return readCards(tx, codes)
	},
})

/** The cards of codes just made. Throws `invalid` when that was longer ago: a card is shown once. */
async function readCards(tx: Tx, codes: string[]): Promise<InvitationCard[]> {
	const rows = await tx
		.select({ id: invitations.id, codeHash: invitations.codeHash, expiresAt: invitations.expiresAt })
		.from(invitations)
		.where(
			and(
				inArray(invitations.codeHash, codes.map(invitationHash)),
				isOpen,
				sql`${invitations.createdAt} > now() - make_interval(mins => ${SHOWN_AGAIN_MINUTES})`,
			),
		)
	const cards = codes.flatMap((code) => {
		const row = rows.find(({ codeHash }) => codeHash === invitationHash(code))
		return row ? [cardOf(code, row)] : []
	})
	if (cards.length === 0) throw new AppError('invalid', { fields: { '': 'errors:cardsShown' } })
	return cards
}
