import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { secretMark } from '~/db/migrate.server'
import { grants, installation, invitations } from '~/db/schema/members'
import { env } from '~/platform/env.server'
import { StartError } from '~/platform/errors'
import { randomToken } from '~/platform/secret.server'
import { invitationHash } from './invitations.server'

const LINK_HOURS = 24

/** Refuses to start with another SESSION_SECRET than the data was written with: nobody could sign in or recover. */
export async function keepInstallation() {
	const mark = secretMark(env().sessionSecret)
	await db.insert(installation).values({ key: 'secret-mark', value: mark }).onConflictDoNothing()
	const [kept] = await db.select().from(installation).where(eq(installation.key, 'secret-mark'))
	if (kept?.value !== mark) {
		throw new StartError(
			'SESSION_SECRET is not the one this database was made with: every session, recovery code and invitation would stop working. Set the old one.',
		)
	}
}

/** A one-time link to make the first coordinator, while there is none; undefined afterwards. */
export async function firstCoordinatorLink(): Promise<string | undefined> {
	if ((await db.$count(grants, eq(grants.role, 'coordinator'))) > 0) return undefined
	const code = randomToken()
		.replace(/[^A-Za-z0-9]/g, '')
		.slice(0, 20)
	await db.transaction(async (tx) => {
		await tx.delete(invitations).where(eq(invitations.role, 'coordinator'))
		await tx.insert(invitations).values({
			codeHash: invitationHash(code),
			role: 'coordinator',
			expiresAt: sql`now() + make_interval(hours => ${LINK_HOURS})`,
		})
	})
	return `Make the first coordinator within ${LINK_HOURS} hours: ${env().origins[0]}/join?code=${code}`
}
