import { type Actor, moderates } from '~/platform/actor'
import { AppError, type FieldErrors } from '~/platform/errors'
import type { Measures } from '../measures/measures.words'
import { ACTS, type Act } from '../moderation.words'
import type { Subject } from '../subject'

/** An account is nothing that can be hidden: what holds for a woman herself is chosen beside the words. */
const ACCOUNT = 'member'

const CAN: Record<Act, (subject: Subject) => boolean> = {
	dismiss: () => true,
	warn: () => true,
	fold: ({ fold }) => fold !== undefined,
	'ask-edit': ({ askEdit }) => askEdit !== undefined,
	hide: ({ kind }) => kind !== ACCOUNT,
	remove: ({ wipe }) => wipe !== undefined,
}

/** There is nobody to tell once its author has left, nor to ask for another look before it is wiped. */
const FOR_HER: readonly Act[] = ['warn', 'ask-edit', 'remove']
const FOR_THE_WORDS: readonly Act[] = ['fold', 'ask-edit', 'hide', 'remove']

/** What can be decided about a thing of this kind. `gone`: its words are no longer here; `left`: nor is its author. */
export const actsOf = (subject: Subject, { gone, left }: { gone: boolean; left: boolean }): Act[] =>
	ACTS.filter(
		(act) => CAN[act](subject) && !(gone && FOR_THE_WORDS.includes(act)) && !(left && FOR_HER.includes(act)),
	)

interface About {
	gone: boolean
	author: string | null
	/** Without her name. */
	aliased: boolean
	spaceId: string | null
}

interface Chosen {
	act: Act
	measures: Measures
}

const refuse = (fields: FieldErrors) => new AppError('invalid', { fields })

/**
 * Refuses in words what cannot be decided about this: an act its kind does not have, something for a woman herself where
 * nothing is said to her, and more than the space she looks after by a moderator of single spaces. Nor are two kept apart
 * for words without a name: whoever reported them would see who is gone from her pages (docs/decisions/008).
 */
export function checkOffered(actor: Actor, subject: Subject, { act, measures }: Chosen, about: About) {
	const { gone, author, aliased, spaceId } = about
	if (!actsOf(subject, { gone, left: author === null }).includes(act))
		throw refuse({ decision: 'errors:choose' })
	const { own, apart } = measures
	if (!own && !apart) return
	if (act === 'dismiss') throw refuse({ measure: 'decisions:refused.leave' })
	if (author === null) throw refuse({ measure: 'decisions:refused.left' })
	if (apart && aliased) throw refuse({ apart: 'decisions:refused.alias' })
	const onlyHere = own?.kind === 'muted' && !own.everywhere && spaceId !== null
	if (own && !onlyHere && !moderates(actor, null)) throw refuse({ measure: 'decisions:refused.here' })
}
