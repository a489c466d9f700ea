import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isUiLocale } from '~/platform/i18n/i18n.server'
import { Profile } from './profile.schema'

/** What she has said about herself. */
export async function readProfile(actor: Actor) {
	const [profile] = await db
		.select({
			reads: members.reads,
			speaks: members.speaks,
			secondLocale: members.secondLocale,
			calendar: members.calendar,
			hostCountry: members.hostCountry,
			helpWanted: members.helpWanted,
			about: members.about,
		})
		.from(members)
		.where(eq(members.id, actor.id))
	return profile!
}

/** Keeps what she says about herself; the last form sent counts. */
export const saveProfile = command({
	input: Profile,
	limit: 'profile',
	async run({ actor, input, tx }) {
		const second = input.secondLocale
		if (second && (!isUiLocale(second) || second === actor.locale))
			throw new AppError('invalid', { fields: { secondLocale: 'errors:choose' } })
		await tx.update(members).set(input).where(eq(members.id, actor.id))
	},
})
