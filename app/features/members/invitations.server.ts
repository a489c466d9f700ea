import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { invitations } from '~/db/schema/members'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { keyedHash } from '~/platform/secret.server'
import { normalCode } from './recovery-codes.server'

export interface Invitation {
	organisationId: string | null
	role: 'member' | 'coordinator'
}

export const invitationHash = (code: string) => keyedHash('invitation', normalCode(code))

/**
 * Uses up the invitation she gave, if she gave one. Throws `invalid` (field `code`) when it is not one, was used, has
 * run out, or is missing where registration asks for one; the answer is the same for all of these.
 */
export async function takeInvitation(tx: Tx, code: string | undefined): Promise<Invitation | null> {
	if (!code?.trim()) {
		if (env().registration === 'code') throw new AppError('invalid', { fields: { code: 'errors:codeNeeded' } })
		return null
	}
	const [taken] = await tx
		.update(invitations)
		.set({ usedAt: sql`now()` })
		.where(
			and(
				eq(invitations.codeHash, invitationHash(code)),
				isNull(invitations.usedAt),
				isNull(invitations.withdrawnAt),
				sql`${invitations.expiresAt} > now()`,
			),
		)
		.returning({ organisationId: invitations.organisationId, role: invitations.role })
	if (!taken) throw new AppError('invalid', { fields: { code: 'errors:codeNotGood' } })
	return taken
}
