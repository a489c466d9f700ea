import type { Tx } from '~/db/client.server'
import type { DomainEvent } from '~/platform/bus.server'
import { AppError } from '~/platform/errors'
import { contactsIn } from './contact.server'
import { stateAutomatedFold } from './deciding/stating.server'
import { keepEvidence } from './evidence.server'
import { openCase } from './reports.server'
import type { Subject } from './subject'
import { isUnfound, rulesFinding } from './watch/found.server'
import type { Said, WatchRule } from './watch/rulebook'
import type { WatchAction } from './watch/watch.words'

/** What becomes of words before anyone reads them. */
export interface Screened {
	/** The rule that folds it: there for who opens it. */
	fold: WatchRule | null
	/** The rule that holds it: a moderator looks at it before anyone else. */
	hold: WatchRule | null
	/** The rule that tells moderators of it, and nobody else. */
	flag: WatchRule | null
}

/** Nothing was found, or it is nobody's business. */
export const UNTOUCHED: Screened = { fold: null, hold: null, flag: null }

interface Asking {
	/** She was asked already, and wants to send it as it is. */
	sure: boolean
	/** Ask about telephone numbers and addresses too. */
	contacts: boolean
	/** Said between few: she herself is warned, and nothing else happens. */
	private: boolean
}

/**
 * Looks at what is about to be written, with the rules in force. Throws `invalid` with `details.contact`, what it is that
 * she is asked about before it goes out (`words`: a rule warns of them), and `details.found`, all of that.
 */
export async function screen(said: Said, { sure, contacts, private: between }: Asking): Promise<Screened> {
	const found = await rulesFinding(said)
	const warned = found.some(({ action }) => action === 'warn')
	const asked = sure ? [] : [...(contacts ? contactsIn(said.text) : []), ...(warned ? ['words'] : [])]
	if (asked.length > 0) {
		throw new AppError('invalid', { details: { contact: asked[0]!, found: asked.join(' ') } })
	}
	return between ? UNTOUCHED : sorted(found)
}

function sorted(found: readonly WatchRule[]): Screened {
	const first = (wanted: WatchAction) => found.find(({ action }) => action === wanted) ?? null
	return { fold: first('fold'), hold: first('hold'), flag: first('flag') }
}

/** Whether nothing at all is found in it: what is said in a hurry goes the short way then. */
export const isPlain = (text: string, sure: boolean): boolean =>
	(sure || contactsIn(text).length === 0) && isUnfound(text)

/** What the rules in force do with it, whatever its author was asked. */
export const screenedByRules = async (said: Said): Promise<Screened> => sorted(await rulesFinding(said))

interface Written {
	subject: Subject
	id: string
	screened: Screened
	/** Somebody new wrote it, whose posts are looked at first. */
	first: boolean
}

/** Of several rules the one that does most is the one the case rests on: what it did ends with the decision. */
const ruleOf = ({ hold, fold, flag }: Screened) => hold ?? fold ?? flag

/** Whether nobody else sees it until a moderator has looked. What waits is not folded: she decides about all of it. */
export const mustWait = ({ screened: { hold }, first }: Pick<Written, 'screened' | 'first'>) =>
	hold !== null || first

/**
 * Lets moderators know of what was just written, with its words kept as they stand: a rule found it, or somebody new wrote
 * it. Its author is told what a rule folded, since no person did that.
 */
export async function letModeratorsLook(tx: Tx, { subject, id, screened, first }: Written) {
	const rule = ruleOf(screened)
	if (!rule && !first) return
	const reported = await subject.find(tx, id)
	if (!reported) return
	const origin = first && !screened.hold ? 'first' : 'rule'
	const about = { subjectKind: subject.kind, reported }
	const caseId = await openCase(tx, { ...about, origin, watchRuleId: rule?.id })
	await keepEvidence(tx, caseId, reported)
	const { authorId: memberId } = reported
	if (screened.fold && subject.fold && memberId && !mustWait({ screened, first }))
		await stateAutomatedFold(tx, { ...about, caseId, memberId })
}

/**
 * Does to what was just written what the rules say, before COMMIT: nobody has seen it yet. Returns whether it waits for a
 * moderator.
 */
export async function carryOut(
	tx: Tx,
	written: Written,
	publish: (event: DomainEvent) => void,
): Promise<boolean> {
	const { subject, id, screened } = written
	const waits = mustWait(written)
	if (waits) await (subject.hold ?? subject.hide)(tx, id, publish)
	else if (screened.fold) await subject.fold?.(tx, id, true, publish)
	await letModeratorsLook(tx, written)
	return waits
}
