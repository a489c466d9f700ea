import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { FindPerson } from '~/features/members/members.schema'
import type { Actor } from '~/platform/actor'
import { parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { isLanguage } from '~/platform/i18n/languages'
import { take } from '~/platform/limits.server'
import { isUuid } from '~/platform/text'
import type { WhyNot } from '../matching/why-not'
import { isAboutHer } from './rounds.policy'
import { accessRound, workOf } from './rounds.server'
import { mentorByHandle } from './rounds-edit.server'
import { inRoundThread } from './rounds-thread.server'

async function handleOf(id: string) {
	const [member] = await db.select({ handle: members.handle }).from(members).where(eq(members.id, id))
	return member?.handle ?? ''
}

/** Whether the two, as the draft stands now, are a pair. */
const arePair = async (roundId: string, womanId: string, mentorId: string) =>
	(await db.$count(
		mentoringRoundPairs,
		and(
			eq(mentoringRoundPairs.roundId, roundId),
			eq(mentoringRoundPairs.womanId, womanId),
			eq(mentoringRoundPairs.mentorId, mentorId),
		),
	)) > 0

export interface WhyNotAnswer {
	woman: string
	mentor: string
	/** `pair`: they are one. `dearer`: by whom, as a handle. */
	answer: WhyNot | { kind: 'pair' }
	dearer: string | null
	/** Nobody of the round has changed anything since it was drawn. */
	same: boolean
}

/**
 * Why these two are no pair, from the people as they are now. Of what a woman has set as a limit it says only that
 * there is one. Null where the address does not name two. Throws `not-found`, and `forbidden` where she herself is one
 * of the two: what the other keeps from her is not for her to ask.
 */
export async function whyNotInRound(
	actor: Actor,
	id: string | undefined,
	womanId: string | null,
	mentorId: string | null,
): Promise<WhyNotAnswer | null> {
	const round = await accessRound(db, actor, id)
	if (!isUuid(womanId ?? undefined) || !isUuid(mentorId ?? undefined)) return null
	const inRound = and(eq(mentoringRoundPairs.roundId, round.id), eq(mentoringRoundPairs.womanId, womanId!))
	if ((await db.$count(mentoringRoundPairs, inRound)) === 0) throw new AppError('not-found')
	if (isAboutHer(actor, [womanId, mentorId])) throw new AppError('forbidden')
	await take('mentoring.question', actor.id)
	const again = await inRoundThread('whyNot', await workOf(round), womanId!, mentorId!)
	const paired = await arePair(round.id, womanId!, mentorId!)
	const answer = paired ? undefined : again.answer
	return {
		woman: await handleOf(womanId!),
		mentor: await handleOf(mentorId!),
		answer: answer ?? { kind: 'pair' },
		dearer: answer?.kind === 'dearer' ? await handleOf(answer.mentorId) : null,
		same: again.inputHash === round.inputHash,
	}
}

/** What one more mentor who knows this language would change. Null where the address names no language. */
export async function oneMoreInRound(actor: Actor, id: string | undefined, language: string | null) {
	const round = await accessRound(db, actor, id)
	if (!language || !isLanguage(language)) return null
	await take('mentoring.question', actor.id)
	const { matched, better, inputHash } = await inRoundThread('oneMore', await workOf(round), language)
	return { language, matched, better, same: inputHash === round.inputHash }
}

/** The languages the women of the round can talk in, those of most women first: for whom one more mentor may help. */
export async function languagesOfRound(actor: Actor, id: string | undefined): Promise<string[]> {
	const round = await accessRound(db, actor, id)
	const rows = await db.execute<{ tag: string }>(sql`
		select tag from mentoring_round_pairs p join mentoring_wishes w on w.member_id = p.woman_id
		join members m on m.id = p.woman_id
		cross join unnest(case when cardinality(w.languages) > 0 then w.languages else m.speaks end) tag
		where p.round_id = ${round.id} group by tag order by count(*) desc, tag`)
	return rows.map(({ tag }) => tag)
}

/** The mentor a coordinator asks about by her handle. Throws `not-found`, `invalid` at `handle`. */
export async function findMentor(actor: Actor, id: string | undefined, raw: unknown): Promise<string> {
	const round = await accessRound(db, actor, id)
	await take('mentoring.question', actor.id)
	return mentorByHandle(db, round, parse(FindPerson, raw).handle)
}
