import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { ruleEditions, watchRules } from '~/db/schema/house-rules'
import { restrictions } from '~/db/schema/measures'
import { evidence } from '~/db/schema/moderation'
import { betterSentences } from '~/db/schema/wording'
import { spacesWorded } from '~/features/forum/space-worded.server'
import { seenOf } from '~/features/members/wording/writing.server'
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
	const italian = { locale: 'it', key: 'common:footer.help', before: 'Aiuto adesso', madeBy: W.actor.id }
	const [sentence] = await db
		.insert(betterSentences)
		.values([
			{ ...italian, formKey: crypto.randomUUID(), better: 'Aiuto ora' },
			{
				...italian,
				formKey: crypto.randomUUID(),
				better: 'Aiuto qui',
				outcome: 'taken',
				decidedAt: new Date(),
			},
		])
		.returning()
	const [kept] = await db.select().from(evidence).where(eq(evidence.caseId, caseInOpen))
	const space = (await spacesWorded.items([])).find(({ id }) => id === open)!
	return {
		wordingSeen: seenOf(spacesWorded, space, 'it'),
		measure: measure!.id,
		watchRule: watchRule!.id,
		sentence: sentence!.id,
		draftSeen: draft!.madeAt.toISOString(),
		evidenceInOpen: kept!.id,
	}
}
