import type { IconName } from '~/ui/icons'
import type { Decision, Reason, Rule } from '../moderation.words'

/** Catalogue keys and pictures of what is stored as a word. Keys are written out, so that a search finds them. */

export const REASON: Record<Reason, { label: string; hint?: string; icon: IconName }> = {
	danger: { label: 'moderation:reason.danger', hint: 'moderation:reason.dangerHint', icon: 'triangle-alert' },
	threat: { label: 'moderation:reason.threat', hint: 'moderation:reason.threatHint', icon: 'hand' },
	'private-details': {
		label: 'moderation:reason.privateDetails',
		hint: 'moderation:reason.privateDetailsHint',
		icon: 'eye',
	},
	insult: { label: 'moderation:reason.insult', icon: 'frown' },
	money: { label: 'moderation:reason.money', hint: 'moderation:reason.moneyHint', icon: 'coins' },
	other: { label: 'moderation:reason.other', hint: 'moderation:reason.otherHint', icon: 'circle-help' },
}

export const RULE: Record<Rule, { label: string; icon: IconName }> = {
	danger: { label: 'moderation:rule.danger', icon: 'triangle-alert' },
	threat: { label: 'moderation:rule.threat', icon: 'hand' },
	'private-details': { label: 'moderation:rule.privateDetails', icon: 'eye' },
	insult: { label: 'moderation:rule.insult', icon: 'frown' },
	money: { label: 'moderation:rule.money', icon: 'coins' },
	'other-rule': { label: 'moderation:rule.otherRule', icon: 'circle-help' },
}

const DECISION: Record<Decision, { label: string; icon: IconName }> = {
	hidden: { label: 'moderation:decision.hidden', icon: 'eye-off' },
	dismissed: { label: 'moderation:decision.dismissed', icon: 'check' },
	upheld: { label: 'moderation:decision.upheld', icon: 'eye-off' },
	restored: { label: 'moderation:decision.restored', icon: 'eye' },
	suspended: { label: 'moderation:decision.suspended', icon: 'user-round-x' },
}

/** The answers to an appeal: as the reviewer chooses them, and as the woman who asked reads them. */
interface Outcome {
	choice: string
	hint: string
	told: string
}

interface Outcomes {
	/** The restriction itself, as the moderator chooses it and the woman it is about reads it. */
	restricted: Outcome
	restored: Outcome
	upheld: Outcome
	/** What she reads when the decision was taken back without an appeal. */
	undone: string
}

const OF_WORDS: Outcomes = {
	restricted: {
		choice: 'moderation:decide.hide',
		hint: 'moderation:decide.hideHint',
		told: 'moderation:mine.hidden',
	},
	restored: {
		choice: 'moderation:decide.restore',
		hint: 'moderation:decide.restoreHint',
		told: 'moderation:mine.restored',
	},
	upheld: {
		choice: 'moderation:decide.uphold',
		hint: 'moderation:decide.upholdHint',
		told: 'moderation:mine.upheld',
	},
	undone: 'moderation:mine.undone',
}

const OF_AN_ACCOUNT: Outcomes = {
	restricted: {
		choice: 'moderation:decide.hide',
		hint: 'moderation:decide.hideHint',
		told: 'moderation:suspend.tell',
	},
	restored: {
		choice: 'moderation:suspend.ended',
		hint: 'moderation:suspend.sheReads',
		told: 'moderation:suspend.tellEndedAfterLook',
	},
	upheld: {
		choice: 'moderation:suspend.stays',
		hint: 'moderation:suspend.sheReads',
		told: 'moderation:suspend.tellStays',
	},
	undone: 'moderation:suspend.tellEnded',
}

const OF_CONDUCT: Outcomes = {
	restricted: {
		choice: 'moderation:conduct.end',
		hint: 'moderation:conduct.endHint',
		told: 'moderation:conduct.ended',
	},
	restored: {
		choice: 'moderation:conduct.takeBack',
		hint: 'moderation:conduct.sheReads',
		told: 'moderation:conduct.takenBack',
	},
	upheld: {
		choice: 'moderation:conduct.stands',
		hint: 'moderation:conduct.sheReads',
		told: 'moderation:conduct.stood',
	},
	undone: 'moderation:conduct.takenBack',
}

const OF_A_CIRCLE: Outcomes = {
	restricted: {
		choice: 'moderation:circle.close',
		hint: 'moderation:circle.closeHint',
		told: 'moderation:circle.closed',
	},
	restored: {
		choice: 'moderation:circle.reopen',
		hint: 'moderation:circle.sheReads',
		told: 'moderation:circle.reopened',
	},
	upheld: {
		choice: 'moderation:circle.keep',
		hint: 'moderation:circle.sheReads',
		told: 'moderation:circle.kept',
	},
	undone: 'moderation:circle.undone',
}

const CONDUCT = ['mentor-conduct', 'mentee-conduct']

/** The words for a restriction and the answer to an appeal: an account, a mentoring or a circle is not "hidden" and "shown". */
export function outcomesOf(kind: string) {
	if (CONDUCT.includes(kind)) return OF_CONDUCT
	if (kind === 'circle') return OF_A_CIRCLE
	return kind === 'member' ? OF_AN_ACCOUNT : OF_WORDS
}

/** What was decided about a thing of this kind, in a word or two. */
export function decisionOf(decision: Decision, kind: string): { label: string; icon: IconName } {
	if (decision === 'hidden' && kind === 'circle')
		return { label: 'moderation:circle.wasClosed', icon: 'lock' }
	if (CONDUCT.includes(kind) && decision === 'hidden') {
		return { ...DECISION.hidden, label: 'moderation:conduct.wasEnded' }
	}
	const answer = decision === 'upheld' || decision === 'restored' ? decision : undefined
	return outcomesOf(kind) !== OF_WORDS && answer
		? { ...DECISION[decision], label: outcomesOf(kind)[answer].choice }
		: DECISION[decision]
}

const RECORD: Record<string, { label: string; icon: IconName }> = {
	'moderation.undone': { label: 'moderation:decision.undone', icon: 'undo-2' },
	'moderation.appealed': { label: 'moderation:decision.appealed', icon: 'scale' },
	'moderation.read-private': { label: 'moderation:decision.readPrivate', icon: 'lock' },
}

/** What a line of the record says about a thing of this kind. */
export function recordOf(action: string, kind: string) {
	const decision = action.replace('moderation.', '')
	if (decision in DECISION) return decisionOf(decision as Decision, kind)
	return RECORD[action] ?? { label: 'moderation:decision.other', icon: 'file-text' as const }
}

const KIND: Record<string, { label: string; icon: IconName }> = {
	post: { label: 'moderation:kind.post', icon: 'messages-square' },
	translation: { label: 'moderation:kind.translation', icon: 'languages' },
	message: { label: 'moderation:kind.message', icon: 'message-circle' },
	circle: { label: 'moderation:kind.circle', icon: 'users-round' },
	match: { label: 'moderation:kind.match', icon: 'heart-handshake' },
	offer: { label: 'moderation:kind.offer', icon: 'sprout' },
	member: { label: 'moderation:kind.member', icon: 'user-round' },
	'mentor-conduct': { label: 'moderation:kind.conduct', icon: 'heart-handshake' },
	'mentee-conduct': { label: 'moderation:kind.conduct', icon: 'heart-handshake' },
}

/** The kind of thing a case is about; a feature that registers a new kind shows as "something" until it is named here. */
export const kindOf = (kind: string) =>
	KIND[kind] ?? { label: 'moderation:kind.other', icon: 'file-text' as const }
