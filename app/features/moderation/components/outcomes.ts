import type { IconName } from '~/ui/icons'
import type { Act, Decision } from '../moderation.words'

/** What can be decided and what is said of it, by the kind of thing: catalogue keys, written out like those of `labels`. */

/** What a moderator can do about words, as she chooses it and as their author reads it. */
export const ACT: Record<Act, Outcome & { icon: IconName }> = {
	dismiss: {
		choice: 'moderation:decide.dismiss',
		hint: 'moderation:decide.dismissHint',
		told: 'moderation:mine.left',
		icon: 'check',
	},
	warn: {
		choice: 'decisions:act.warn',
		hint: 'decisions:act.warnHint',
		told: 'decisions:told.warned',
		icon: 'triangle-alert',
	},
	fold: {
		choice: 'decisions:act.fold',
		hint: 'decisions:act.foldHint',
		told: 'decisions:told.folded',
		icon: 'chevron-down',
	},
	'ask-edit': {
		choice: 'decisions:act.askEdit',
		hint: 'decisions:act.askEditHint',
		told: 'decisions:told.editAsked',
		icon: 'pencil',
	},
	hide: {
		choice: 'moderation:decide.hide',
		hint: 'moderation:decide.hideHint',
		told: 'moderation:mine.hidden',
		icon: 'eye-off',
	},
	remove: {
		choice: 'decisions:act.remove',
		hint: 'decisions:act.removeHint',
		told: 'decisions:told.removed',
		icon: 'trash-2',
	},
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

export const OF_WORDS: Outcomes = {
	restricted: ACT.hide,
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

const OF_A_TALK: Outcomes = {
	restricted: { choice: 'reports:room.end', hint: 'reports:room.endHint', told: 'reports:room.ended' },
	restored: {
		choice: 'reports:room.letGoOn',
		hint: 'moderation:circle.sheReads',
		told: 'reports:room.goesOn',
	},
	upheld: { choice: 'reports:room.keep', hint: 'moderation:circle.sheReads', told: 'reports:room.kept' },
	undone: 'reports:room.undone',
}

const OF_AN_OPEN_ROOM: Outcomes = {
	restricted: {
		choice: 'reports:openRoom.close',
		hint: 'reports:openRoom.closeHint',
		told: 'reports:openRoom.closed',
	},
	restored: {
		choice: 'reports:openRoom.reopen',
		hint: 'moderation:circle.sheReads',
		told: 'reports:openRoom.reopened',
	},
	upheld: {
		choice: 'reports:openRoom.keep',
		hint: 'moderation:circle.sheReads',
		told: 'reports:openRoom.kept',
	},
	undone: 'reports:openRoom.undone',
}

const OF_AN_INVITATION: Outcomes = {
	restricted: {
		choice: 'reports:invitation.takeBack',
		hint: 'reports:invitation.takeBackHint',
		told: 'reports:invitation.takenBack',
	},
	restored: {
		choice: 'reports:invitation.restore',
		hint: 'moderation:circle.sheReads',
		told: 'reports:invitation.restored',
	},
	upheld: {
		choice: 'reports:invitation.keep',
		hint: 'moderation:circle.sheReads',
		told: 'reports:invitation.kept',
	},
	undone: 'reports:invitation.undone',
}

/** Where the words were not hidden, or not only that: the decision as a whole is taken back or stands. */
const answered = (restricted: Outcome): Outcomes => ({
	restricted,
	restored: {
		choice: 'decisions:answer.takeBack',
		hint: 'decisions:answer.takeBackHint',
		told: 'decisions:answer.ended',
	},
	upheld: {
		choice: 'decisions:answer.letStand',
		hint: 'decisions:answer.letStandHint',
		told: 'decisions:answer.stood',
	},
	undone: 'decisions:answer.undone',
})

const OF_AN_ACT: Partial<Record<Decision, Outcomes>> = {
	warned: answered(ACT.warn),
	folded: answered(ACT.fold),
	'edit-asked': answered(ACT['ask-edit']),
	removed: { ...OF_WORDS, restricted: ACT.remove },
}

const OF_A_KIND: Record<string, Outcomes> = {
	circle: OF_A_CIRCLE,
	room: OF_A_TALK,
	'open-room': OF_AN_OPEN_ROOM,
	'space-invitation': OF_AN_INVITATION,
	member: OF_AN_ACCOUNT,
	'mentor-conduct': OF_CONDUCT,
	'mentee-conduct': OF_CONDUCT,
}

/** The words for a restriction and the answer to an appeal: an account, a mentoring or a circle is not "hidden" and "shown". */
export const outcomesOf = (kind: string, action: Decision = 'hidden'): Outcomes =>
	OF_AN_ACT[action] ?? OF_A_KIND[kind] ?? OF_WORDS
