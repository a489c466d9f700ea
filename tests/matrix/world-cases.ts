import { db } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { cases, statements } from '~/db/schema/moderation'
import { postSubject } from '~/features/forum/subject.server'
import { shownOf } from '~/features/moderation/deciding/seen.server'
import { aTopic, questionOf } from '../factories/forum'
import { aMember } from '../factories/members'
import { aReport } from '../factories/moderation'
import type { Made } from './world'

interface Where {
	organisationA: string
	open: string
	elsewhere: string
	ofA: string
	question: string
	ofElsewhere: string
	messageInCircle: string
	post: string
	postOfA: string
}

type NewCase = Partial<typeof cases.$inferInsert>

/** A decision that fell some time ago, with its statement of reasons; as rows, so that no clock and no rule of today counts. */
async function aDecision({ author, by, space }: { author: string; by: string; space: string }) {
	const at = new Date(Date.now() - 3_600_000)
	const decided: NewCase = { status: 'decided', decision: 'hidden', decidedAt: at, decidedBy: by }
	const [found] = await db
		.insert(cases)
		.values({
			subjectKind: 'post',
			subjectId: crypto.randomUUID(),
			authorId: author,
			spaceId: space,
			lang: 'en',
			...decided,
		})
		.returning()
	const [statement] = await db
		.insert(statements)
		.values({
			caseId: found!.id,
			memberId: author,
			decidedBy: by,
			action: 'hidden',
			subjectKind: 'post',
			rule: 'insult',
			createdAt: at,
		})
		.returning()
	return { case: found!.id, statement: statement!.id }
}

/** Another look that was asked for: U decided first, so it is not hers. */
async function anAppeal(of: { case: string; statement: string }, author: string, by: string, space: string) {
	const [found] = await db
		.insert(cases)
		.values({
			subjectKind: 'post',
			subjectId: crypto.randomUUID(),
			authorId: author,
			spaceId: space,
			lang: 'en',
			statementId: of.statement,
			notBy: by,
		})
		.returning()
	return found!.id
}

/** Her way to the professionals of an organisation, as far as it has come. */
async function aReferral(memberId: string, organisationId: string, state: 'offered' | 'agreed') {
	const [row] = await db.insert(referrals).values({ memberId, organisationId, state }).returning()
	return row!.id
}

/** What was reported, where and about whom; what was decided; another look that was asked for. */
export async function addCases({ W, X, J, U }: Made, at: Where) {
	const reported = async (kind: string, id: string, reason?: 'danger') =>
		(await aReport({ by: J.actor, kind, id, ...(reason ? { reason } : {}) })).caseId
	const dangerous = await aTopic({ space: { id: at.open }, author: W.actor })
	const elsewhere = await questionOf({ id: at.ofElsewhere })
	const byU = await aTopic({ space: { id: at.open }, author: U.actor })
	const decided = await aDecision({ author: X.actor.id, by: U.actor.id, space: at.open })
	const appealed = await aDecision({ author: W.actor.id, by: U.actor.id, space: at.open })
	const someone = await aMember({ handle: 'Somebody decided about' })
	const ofAnother = await aDecision({ author: someone.id, by: U.actor.id, space: at.open })
	const referral = await aReferral(W.actor.id, at.organisationA, 'offered')
	const agreedReferral = await aReferral(W.actor.id, at.organisationA, 'agreed')
	const aboutU = (await questionOf(byU)).id
	/** What the page of a case about a post says it shows. */
	const seen = async (id: string) => shownOf(await postSubject.find(db, id))
	return {
		referral,
		agreedReferral,
		seenInOpen: await seen(at.post),
		seenElsewhere: await seen(elsewhere.id),
		seenOfA: await seen(at.postOfA),
		seenAboutU: await seen(aboutU),
		caseInOpen: await reported('post', at.post),
		caseOfDanger: await reported('post', (await questionOf(dangerous)).id, 'danger'),
		caseElsewhere: await reported('post', elsewhere.id),
		caseOfA: await reported('post', at.postOfA),
		casePrivate: await reported('message', at.messageInCircle),
		caseAboutU: await reported('post', aboutU),
		caseDecided: decided.case,
		statementOfX: decided.statement,
		statementOfW: (await aDecision({ author: W.actor.id, by: U.actor.id, space: at.open })).statement,
		statementOfAnother: ofAnother.statement,
		caseAppealed: await anAppeal(appealed, W.actor.id, U.actor.id, at.open),
	}
}
