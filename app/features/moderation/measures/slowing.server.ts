import type { Tx } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { hoursOf, minutesUntil, take, takeWith } from '~/platform/limits.server'
import { isSlowed } from './restraints'

/**
 * A post of a woman who writes slowly: so many a day. Throws `forbidden`, which says in how many hours the next one can
 * be written; her words stay with her.
 */
export async function slowPost(actor: Actor) {
	if (!isSlowed(actor)) return
	const minutes = await minutesUntil(take('measures.post', actor.id))
	if (minutes === null) return
	throw new AppError('forbidden', {
		fields: { '': 'measures:refused.slowedPost' },
		details: { hours: hoursOf(minutes) },
	})
}

/**
 * A message of hers where others read along: one a minute, in the transaction that writes it; one that is refused costs
 * her nothing. Throws `too-many`: she only has to wait.
 */
export async function slowMessage(tx: Tx, actor: Actor) {
	if (!isSlowed(actor)) return
	const count = await minutesUntil(takeWith(tx, 'measures.message', actor.id))
	if (count === null) return
	throw new AppError('too-many', {
		fields: { '': 'measures:refused.slowedMessage' },
		details: { count, why: 'measures:refused.slowedMessage' },
	})
}
