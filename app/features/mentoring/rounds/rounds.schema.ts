import { z } from 'zod'

const Id = z.uuid('errors:notUnderstood')
const MaybeId = z.union([z.literal(''), Id], 'errors:notUnderstood').default('')

/** A round to draw: for everyone in her care, or for one of her organisations. */
export const DrawForm = z.object({ organisation: MaybeId })

/** What is done with a whole round. */
export const OneRound = z.object({ round: Id })

/** A woman of a round is given another mentor, by her id or her handle, or none. */
export const MoveForm = z.object({
	round: Id,
	woman: Id,
	mentor: MaybeId,
	handle: z.string('errors:notUnderstood').trim().max(400, 'errors:tooLong').default(''),
})
