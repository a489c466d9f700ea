import { type Actor, holds, moderates } from '~/platform/actor'
import type { Decision } from './moderation.words'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** How long the same moderator can take a decision back without asking anybody. */
export const UNDO_MINUTES = 10
/** Six months, as the law asks (DSA Art. 20). */
export const APPEAL_DAYS = 183

/** For how many hours a moderator can say that she is there. */
export const DUTY_HOURS = [1, 2, 4, 8] as const

/** What the rules need to know of a case. */
export interface CaseFacts {
	authorId: string | null
	spaceId: string | null
	private: boolean
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

/**
 * Whether the case exists for her: within her scope, private content only where her scope is everything, never what
 * she wrote herself (a reported woman learns nothing unless a decision falls), and nothing that is kept from one of
 * her organisations.
 */
export const canSeeCase = (
	actor: Actor,
	facts: Pick<CaseFacts, 'authorId' | 'spaceId' | 'private' | 'notOrganisations'>,
) =>
	seesQueue(actor) &&
	facts.authorId !== actor.id &&
	moderates(actor, facts.private ? null : facts.spaceId) &&
	!facts.notOrganisations.some((id) => organisationsOf(actor).includes(id))

/** Why another moderator has to decide; undefined where she may. */
export function whyNotHers(actor: Actor, facts: Pick<CaseFacts, 'notBy' | 'reportedByHer'>) {
	if (facts.reportedByHer) return 'own-report' as const
	if (facts.notBy === actor.id) return 'own-decision' as const
	return undefined
}

/** Decisions nobody takes back by pressing "undo": what was restored is out again, and who is suspended is let in by a coordinator. */
export const FINAL: readonly Decision[] = ['restored', 'suspended']

/** Taking back what she decided a moment ago. */
export const canUndo = (actor: Actor, facts: CaseFacts, now: Date) =>
	facts.status === 'decided' &&
	facts.decision !== null &&
	!FINAL.includes(facts.decision) &&
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
