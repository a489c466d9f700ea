import type { IconName } from '~/ui/icons'
import type { Decision, Reason, Rule } from '../moderation.words'
import { OF_WORDS, outcomesOf } from './outcomes'

/** Catalogue keys and pictures of what is stored as a word. Keys are written out, so that a search finds them. */

export const REASON: Record<Reason, { label: string; hint: string; icon: IconName }> = {
	danger: { label: 'reports:reason.danger', hint: 'reports:reason.dangerHint', icon: 'triangle-alert' },
	frightens: { label: 'reports:reason.frightens', hint: 'reports:reason.frightensHint', icon: 'hand' },
	asks: { label: 'reports:reason.asks', hint: 'reports:reason.asksHint', icon: 'coins' },
	rude: { label: 'reports:reason.rude', hint: 'reports:reason.rudeHint', icon: 'frown' },
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
	dismissed: { label: 'moderation:decision.dismissed', icon: 'check' },
	warned: { label: 'decisions:was.warned', icon: 'triangle-alert' },
	folded: { label: 'decisions:was.folded', icon: 'eye-off' },
	'edit-asked': { label: 'decisions:was.editAsked', icon: 'pencil' },
	hidden: { label: 'moderation:decision.hidden', icon: 'eye-off' },
	removed: { label: 'decisions:was.removed', icon: 'trash-2' },
	upheld: { label: 'moderation:decision.upheld', icon: 'eye-off' },
	restored: { label: 'moderation:decision.restored', icon: 'eye' },
	suspended: { label: 'moderation:decision.suspended', icon: 'user-round-x' },
}

/** What was done to it, where it was not hidden but closed, ended or taken back. */
const WAS: Record<string, { label: string; icon: IconName }> = {
	circle: { label: 'moderation:circle.wasClosed', icon: 'lock' },
	room: { label: 'reports:room.wasEnded', icon: 'lock' },
	'open-room': { label: 'reports:openRoom.wasClosed', icon: 'lock' },
	'space-invitation': { label: 'reports:invitation.wasTakenBack', icon: 'undo-2' },
	'mentor-conduct': { ...DECISION.hidden, label: 'moderation:conduct.wasEnded' },
	'mentee-conduct': { ...DECISION.hidden, label: 'moderation:conduct.wasEnded' },
}

/** What was decided about a thing of this kind, in a word or two. */
export function decisionOf(decision: Decision, kind: string): { label: string; icon: IconName } {
	const was = decision === 'hidden' ? WAS[kind] : undefined
	if (was) return was
	const answer = decision === 'upheld' || decision === 'restored' ? decision : undefined
	return outcomesOf(kind) !== OF_WORDS && answer
		? { ...DECISION[decision], label: outcomesOf(kind)[answer].choice }
		: DECISION[decision]
}

const RECORD: Record<string, { label: string; icon: IconName }> = {
	'moderation.slowed': { label: 'decisions:was.slowed', icon: 'clock' },
	'moderation.measure-ended': { label: 'measures:record.ended', icon: 'undo-2' },
	'moderation.referral-offered': { label: 'referrals:record.offered', icon: 'handshake' },
	'moderation.muted': { label: 'decisions:was.muted', icon: 'message-circle' },
	'moderation.closed': { label: 'decisions:was.closed', icon: 'user-round-x' },
	'moderation.apart': { label: 'decisions:was.apart', icon: 'users-round' },
	'moderation.undone': { label: 'moderation:decision.undone', icon: 'undo-2' },
	'moderation.appealed': { label: 'moderation:decision.appealed', icon: 'scale' },
	'moderation.read-private': { label: 'moderation:decision.readPrivate', icon: 'lock' },
	'moderation.read-to-translate': { label: 'moderation:decision.readPrivate', icon: 'lock' },
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
	room: { label: 'reports:room.kind', icon: 'users-round' },
	'open-room': { label: 'reports:openRoom.kind', icon: 'users-round' },
	'space-invitation': { label: 'reports:invitation.kind', icon: 'send' },
	match: { label: 'moderation:kind.match', icon: 'heart-handshake' },
	offer: { label: 'moderation:kind.offer', icon: 'sprout' },
	member: { label: 'moderation:kind.member', icon: 'user-round' },
	'mentor-conduct': { label: 'moderation:kind.conduct', icon: 'heart-handshake' },
	'mentee-conduct': { label: 'moderation:kind.conduct', icon: 'heart-handshake' },
}

/** Every kind that has a name here. */
export const NAMED_KINDS = Object.keys(KIND)

/** The kind of thing a case is about; a feature that registers a new kind shows as "something" until it is named here. */
export const kindOf = (kind: string) =>
	KIND[kind] ?? { label: 'moderation:kind.other', icon: 'file-text' as const }
