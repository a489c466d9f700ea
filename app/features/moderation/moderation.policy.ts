import { type Actor, holds } from '~/platform/actor'
import type { Decision, Reason } from './moderation.words'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How long the same moderator can take a decision back without asking anybody. */
export const UNDO_MINUTES = 10
/** Six months, as the law asks (DSA Art. 20). */
export const APPEAL_DAYS = 183

/** How long a case stays with whoever took it; then it waits for everyone again. */
export const CLAIM_MINUTES = 30

/** For how long what was decided about a woman is shown to whoever decides about her again. */
export const EARLIER_MONTHS = 12

/** Within how many minutes somebody should have decided, by why it was reported; the most urgent report counts. */
export const CLOCKS: Record<Reason, number> = { danger: 15, frightens: 240, asks: 240, rude: 1_440 }

/** How many reports of danger by one woman that still wait go before everything else: a quarter of a page of the queue. */
export const DANGERS_FIRST = 5

/** For how many hours a moderator can say that she is there. */
export const DUTY_HOURS = [1, 2, 4, 8] as const

/** What the rules need to know of a case. */
export interface CaseFacts {
	authorId: string | null
	spaceId: string | null
	private: boolean
	/** The language it was said in; null where that is not known or nothing was said. */
	lang: string | null
	/** Someone may be in danger. */
	danger: boolean
	/** Another moderator looks after its language where it was said. */
	covered: boolean
	/** She and the author have a no-contact order or a block between them, and another one can look. */
	apart: boolean
	/** Organisations whose people do not get it. */
	notOrganisations: string[]
	status: 'open' | 'decided'
	decision: Decision | null
	decidedAt: Date | null
	decidedBy: string | null
	/** Who decided what is appealed against. */
	notBy: string | null
	/** She herself is one of those who reported it. */
	reportedByHer: boolean
}

/** Whether moderation is her work at all, in whatever scope. */
export const seesQueue = (actor: Actor) => actor.status === 'active' && holds(actor, 'moderator')

/** Every organisation she belongs to, as a member or by what she does for it. */
export const organisationsOf = (actor: Pick<Actor, 'organisations' | 'grants'>) => [
	...actor.organisations,
	...actor.grants.flatMap(({ organisationId }) => organisationId ?? []),
]

type Placed = Pick<
	CaseFacts,
	'authorId' | 'spaceId' | 'private' | 'lang' | 'danger' | 'covered' | 'apart' | 'notOrganisations'
>

/** Whether one grant reaches a case: by its space and, unless it is about danger or nobody reads it, by its language. */
function reaches({ role, spaceId, languages }: Actor['grants'][number], facts: Placed) {
	if (role !== 'moderator' || (spaceId !== null && (facts.private || spaceId !== facts.spaceId))) return false
	const anyLanguage = languages === null || facts.lang === null || facts.danger || !facts.covered
	return anyLanguage || languages.includes(facts.lang!)
}

/**
 * Whether the case exists for her: within her scope of spaces and languages, private content only where her scope is
 * every space, never what she wrote herself (a reported woman learns nothing unless a decision falls) or a woman from
 * whom she is apart, and nothing that is kept from one of her organisations. The same rule over many cases is `inScope`.
 */
export const canSeeCase = (actor: Actor, facts: Placed) =>
	seesQueue(actor) &&
	facts.authorId !== actor.id &&
	!facts.apart &&
	actor.grants.some((grant) => reaches(grant, facts)) &&
	!facts.notOrganisations.some((id) => organisationsOf(actor).includes(id))

/** Why another moderator has to decide; undefined where she may. */
export function whyNotHers(actor: Actor, facts: Pick<CaseFacts, 'notBy' | 'reportedByHer'>) {
	if (facts.reportedByHer) return 'own-report' as const
	if (facts.notBy === actor.id) return 'own-decision' as const
	return undefined
}

/** Decisions nobody takes back by pressing "undo": what was restored is out again, and who is suspended is let in by a coordinator. */
export const FINAL: readonly Decision[] = ['restored', 'suspended']

/** Taking a decision back with a reason: whoever made it, as long as she whom it concerns could ask for another look. */
export const canReopen = (facts: Pick<CaseFacts, 'status' | 'decision' | 'decidedAt'>, now: Date) =>
	facts.status === 'decided' &&
	facts.decision !== null &&
	!FINAL.includes(facts.decision) &&
	facts.decidedAt !== null &&
	now.getTime() - facts.decidedAt.getTime() < APPEAL_DAYS * DAY_MS

/** Taking back what she decided a moment ago. */
export const canUndo = (actor: Actor, facts: CaseFacts, now: Date) =>
	canReopen(facts, now) &&
	facts.decidedBy === actor.id &&
	facts.decidedAt !== null &&
	now.getTime() - facts.decidedAt.getTime() < UNDO_MINUTES * MINUTE_MS

interface StatementFacts {
	createdAt: Date
	undoneAt: Date | null
	appealedAt: Date | null
}

/** Once for each decision, for half a year. */
export const canAppeal = (statement: StatementFacts, now: Date) =>
	statement.undoneAt === null &&
	statement.appealedAt === null &&
	now.getTime() - statement.createdAt.getTime() < APPEAL_DAYS * DAY_MS
