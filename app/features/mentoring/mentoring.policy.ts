import { type Actor, holds } from '~/platform/actor'

/** The states of an offer, in the order coordinators look at them. */
export const OFFER_STATES = ['waiting', 'vetted', 'paused', 'declined'] as const
export type OfferStatus = (typeof OFFER_STATES)[number]
export type MatchStatus =
	| 'chosen'
	| 'proposed'
	| 'asked'
	| 'accepted'
	| 'declined'
	| 'lapsed'
	| 'withdrawn'
	| 'ended'
/** Nothing more comes of these. */
export const CLOSED = ['declined', 'lapsed', 'withdrawn', 'ended'] as const satisfies MatchStatus[]

export const isClosed = (status: MatchStatus) => (CLOSED as readonly MatchStatus[]).includes(status)

/** Which of the two she is. */
export type Side = 'mentee' | 'mentor'

export const ACTS = [
	'yes',
	'accept',
	'no',
	'decline',
	'withdraw',
	'settle',
	'resume',
	'pause',
	'end',
] as const
export type Act = (typeof ACTS)[number]

/** What the rules need to know of a match, from the side of one of the two. */
export interface MatchFacts {
	status: MatchStatus
	/** She has said yes to what a round proposed. */
	saidYes: boolean
	/** After first talks the mentee chose to go on with this mentor. */
	settled: boolean
	/** Who takes a break, if one of them does. */
	pausedBy: 'her' | 'other' | null
}

interface ActRule {
	by: readonly Side[]
	from: MatchStatus
	/** What becomes of it; the same as before where the act changes something else about it. */
	to: MatchStatus
	/** Whether it is so already: doing it again changes nothing and is no fault. */
	done(facts: MatchFacts): boolean
	/** Whether a break of one of the two stands in its way. */
	awake?: true
}

const BOTH = ['mentee', 'mentor'] as const
const is = (status: MatchStatus) => (facts: MatchFacts) => facts.status === status

/** Who may do what with a match, and what becomes of it. */
export const ACT_RULES: Record<Act, ActRule> = {
	yes: {
		by: BOTH,
		from: 'proposed',
		to: 'accepted',
		done: ({ status, saidYes }) => status === 'accepted' || (status === 'proposed' && saidYes),
	},
	accept: { by: ['mentor'], from: 'asked', to: 'accepted', done: is('accepted') },
	no: { by: BOTH, from: 'proposed', to: 'declined', done: is('declined') },
	decline: { by: ['mentor'], from: 'asked', to: 'declined', done: is('declined') },
	withdraw: { by: ['mentee'], from: 'asked', to: 'withdrawn', done: is('withdrawn') },
	settle: {
		by: ['mentee'],
		from: 'accepted',
		to: 'accepted',
		done: ({ status, settled }) => status === 'accepted' && settled,
		awake: true,
	},
	resume: {
		by: BOTH,
		from: 'accepted',
		to: 'accepted',
		done: ({ status, pausedBy }) => status === 'accepted' && pausedBy === null,
	},
	pause: {
		by: BOTH,
		from: 'accepted',
		to: 'accepted',
		done: ({ status, pausedBy }) => status === 'accepted' && pausedBy !== null,
	},
	end: { by: BOTH, from: 'accepted', to: 'ended', done: is('ended') },
}

/** Whether it is hers to do at all; whether it can be done now is a matter of the match's state. */
export const isHersToDo = (side: Side, act: Act) => ACT_RULES[act].by.includes(side)

/** Why it cannot be done now, as a word for the page; undefined where it can. A break ends where it was begun. */
export function whyNotNow(act: Act, facts: MatchFacts): MatchStatus | 'break' | undefined {
	const { from, awake } = ACT_RULES[act]
	if (facts.status !== from) return facts.status
	if (awake && facts.pausedBy) return 'break'
	return act === 'resume' && facts.pausedBy === 'other' ? 'break' : undefined
}

/** What she can do now: the buttons of the page. */
export const actsFor = (side: Side, facts: MatchFacts): Act[] =>
	ACTS.filter((act) => isHersToDo(side, act) && !whyNotNow(act, facts) && !ACT_RULES[act].done(facts))

/** Which of the two she is in this match; undefined for everyone else, who must not learn that it exists. */
export function sideOf(actor: Pick<Actor, 'id'>, match: { menteeId: string; mentorId: string | null }) {
	if (match.menteeId === actor.id) return 'mentee' as const
	return match.mentorId === actor.id ? ('mentor' as const) : undefined
}

/** The mentor of a match that waits or goes on: only of one that is closed she may have left (matches_former_mentor). */
export function mentorIdOf({ mentorId }: { mentorId: string | null }): string {
	if (mentorId === null) throw new Error('An open match without a mentor.')
	return mentorId
}

/** Why a mentor cannot say yes now; undefined when she can. */
export function whyNotAccept({
	offerStatus,
	free,
}: {
	offerStatus: OfferStatus | null
	free: boolean | null
}) {
	if (offerStatus !== 'vetted') return 'paused' as const
	return free ? undefined : ('full' as const)
}

/** Mentors are looked after by coordinators; for everyone else these pages do not exist. */
export const looksAfterMentors = (actor: Pick<Actor, 'grants'>) => holds(actor as Actor, 'coordinator')
