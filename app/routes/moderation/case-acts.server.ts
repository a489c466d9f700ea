import { decide, undo } from '~/features/moderation/decisions.server'
import { endMeasure } from '~/features/moderation/measures/ending.server'
import { offerReferral } from '~/features/moderation/referrals/offering.server'
import { claim, giveBack, handOver, leaveNote } from '~/features/moderation/taking.server'
import { askTranslation } from '~/features/moderation/translators/asking.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import type { Fields } from '~/platform/http.server'
import { subjects } from '../subjects.server'

const ACTS: Record<string, (actor: Actor, fields: Fields) => Promise<unknown>> = {
	claim,
	'give-back': giveBack,
	note: leaveNote,
	'hand-over': handOver,
	translation: askTranslation,
	undo: undo({ subjects }),
	// A form that does not say what it showed is an old one: its page is shown anew.
	decide: (actor, fields) => decide({ subjects })(actor, { shown: '', ...fields }),
	offer: offerReferral,
	'end-measure': endMeasure,
}

/**
 * What a form of the page of a case does, and where it leads: whoever hands a case over goes on to the next one. Throws
 * `not-found` for a form that is not there.
 */
export function actOnCase(intent: unknown) {
	const act = typeof intent === 'string' && Object.hasOwn(ACTS, intent) ? ACTS[intent] : undefined
	if (!act) throw new AppError('not-found')
	return { act, leavesIt: act === giveBack || act === handOver }
}
