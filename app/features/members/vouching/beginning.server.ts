import type { Tx } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { hoursOf, minutesUntil, take, takeWith } from '~/platform/limits.server'
import { setting } from '../settings/settings.server'
import { SLOW } from './vouching.policy'

/** Whether somebody new begins slowly here. */
export const beginsSlowly = (actor: Pick<Actor, 'vouched'>) =>
	!actor.vouched && setting('firstPosts') !== 'open'

/** Whether a moderator looks at her posts first. */
export const isLookedAtFirst = (actor: Pick<Actor, 'vouched'>) =>
	!actor.vouched && setting('firstPosts') === 'hold'

/**
 * A post of somebody new where everyone reads along: so many a day. Throws `forbidden`, which says in how many hours the
 * next one can be written and what would end it; her words stay with her.
 */
export async function countFirstPost(actor: Actor) {
	if (actor.vouched || setting('firstPosts') !== 'slow') return
	const minutes = await minutesUntil(take('vouch.post', actor.id))
	if (minutes === null) return
	const count = hoursOf(minutes)
	throw new AppError('forbidden', {
		fields: { '': 'vouch:slow.post' },
		details: { count, posts: SLOW.postsADay },
	})
}

/**
 * A message of hers where everyone reads along: one a minute, in the transaction that writes it; one that is refused costs
 * her nothing. Throws `too-many`: she only has to wait.
 */
export async function countFirstMessage(tx: Tx, actor: Actor) {
	if (!beginsSlowly(actor)) return
	const count = await minutesUntil(takeWith(tx, 'vouch.message', actor.id))
	if (count === null) return
	throw new AppError('too-many', {
		fields: { '': 'vouch:slow.message' },
		details: { count, why: 'vouch:slow.message' },
	})
}
