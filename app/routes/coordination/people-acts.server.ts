import { allSpaces } from '~/features/forum/spaces.server'
import { giveRole, takeRole } from '~/features/members/roles.server'
import { approvePerson, declinePerson } from '~/features/members/standing.server'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import type { Fields } from '~/platform/http.server'

type Change = (actor: Actor, fields: Fields) => Promise<unknown>

const ACTS: Record<string, Change> = {
	approve: approvePerson,
	decline: declinePerson,
	suspend: suspendPerson,
	restore: restorePerson,
	take: takeRole,
	give: async (actor, fields) => giveRole((await allSpaces(actor, 'en')).map(({ id }) => id))(actor, fields),
}

/** What a button of the page does. Throws `not-found` for one that is not there. */
export function changeOfPerson(intent: unknown): Change {
	const change = typeof intent === 'string' && Object.hasOwn(ACTS, intent) ? ACTS[intent] : undefined
	if (!change) throw new AppError('not-found')
	return change
}
