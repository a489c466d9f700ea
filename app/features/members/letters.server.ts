import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { members } from '~/db/schema/members'
import { command } from '~/platform/command.server'

/** A box: ticked it sends its word, else nothing. */
const Letters = z.object({ nastaliq: z.literal('yes', 'errors:choose').optional() })

/** Keeps in which hand her pages write Urdu. */
export const chooseLetters = command({
	input: Letters,
	limit: 'profile',
	async run({ actor, input, tx }) {
		await tx
			.update(members)
			.set({ nastaliq: input.nastaliq === 'yes' })
			.where(eq(members.id, actor.id))
	},
})
