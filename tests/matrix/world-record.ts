import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { ruleEditions, watchRules } from '~/db/schema/house-rules'
import { restrictions } from '~/db/schema/measures'
import { evidence } from '~/db/schema/moderation'
import { beginDuty } from '~/features/moderation/duty.server'
import type { Made } from './world'

interface Where {
	open: string
	caseInOpen: string
	statementOfW: string
}

/** What moderators and coordinators have in hand: who is on duty, what holds for a woman, what is looked for, a draft. */
export async function addRecord({ W, U, A }: Made, { open, caseInOpen, statementOfW }: Where) {
	await beginDuty(U.actor, { hours: '2' })
	const [measure] = await db
		.insert(restrictions)
		.values({ statementId: statementOfW, memberId: W.actor.id, kind: 'slowed', spaceId: open })
		.returning()
	const [watchRule] = await db
		.insert(watchRules)
		.values({ kind: 'word', text: 'okapi', action: 'flag', madeBy: A.actor.id })
		.returning()
	const [draft] = await db
		.insert(ruleEditions)
		.values({ texts: { en: { points: ['Be kind'], news: 'New' } }, madeBy: A.actor.id })
		.returning()
	const [kept] = await db.select().from(evidence).where(eq(evidence.caseId, caseInOpen))
	return {
		measure: measure!.id,
		watchRule: watchRule!.id,
		draftSeen: draft!.madeAt.toISOString(),
		evidenceInOpen: kept!.id,
	}
}
