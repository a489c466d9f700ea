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

export const DECISION: Record<Decision, { label: string; icon: IconName }> = {
	hidden: { label: 'moderation:decision.hidden', icon: 'eye-off' },
	dismissed: { label: 'moderation:decision.dismissed', icon: 'check' },
	upheld: { label: 'moderation:decision.upheld', icon: 'eye-off' },
	restored: { label: 'moderation:decision.restored', icon: 'eye' },
}

const RECORD: Record<string, { label: string; icon: IconName }> = {
	'moderation.hidden': DECISION.hidden,
	'moderation.dismissed': DECISION.dismissed,
	'moderation.upheld': DECISION.upheld,
	'moderation.restored': DECISION.restored,
	'moderation.undone': { label: 'moderation:decision.undone', icon: 'undo-2' },
	'moderation.appealed': { label: 'moderation:decision.appealed', icon: 'scale' },
	'moderation.read-private': { label: 'moderation:decision.readPrivate', icon: 'lock' },
}

/** What a line of the record says. */
export const recordOf = (action: string) =>
	RECORD[action] ?? { label: 'moderation:decision.other', icon: 'file-text' as const }

const KIND: Record<string, { label: string; icon: IconName }> = {
	post: { label: 'moderation:kind.post', icon: 'messages-square' },
	message: { label: 'moderation:kind.message', icon: 'message-circle' },
	match: { label: 'moderation:kind.match', icon: 'heart-handshake' },
	offer: { label: 'moderation:kind.offer', icon: 'sprout' },
}

/** The kind of thing a case is about; a feature that registers a new kind shows as "something" until it is named here. */
export const kindOf = (kind: string) =>
	KIND[kind] ?? { label: 'moderation:kind.other', icon: 'file-text' as const }
