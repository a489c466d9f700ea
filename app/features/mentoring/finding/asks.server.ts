import { and, eq, max, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { tell } from '~/features/members/notices.server'
import { countRefused } from '~/features/moderation/measures/attempts.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf, isUuid } from '~/platform/text'
import { AskForm } from '../mentoring.schema'
import { type AskFacts, whyNotAsk } from './line.policy'
import { lockLine } from './line.server'
import { accessMentor, isOpen } from './mentors.server'
import { reachableMentors } from './reachable.server'
import { readWishesToAsk } from './wishes.server'

/** What is open between her and this mentor, her line and her first talks. */
async function readAskFacts(tx: Db, actor: Actor, mentorId: string) {
	const open = await tx
		.select({
			id: matches.id,
			mentorId: matches.mentorId,
			status: matches.status,
			settled: sql<boolean>`${matches.settledAt} is not null`,
		})
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), isOpen))
	const between = open.find((match) => match.mentorId === mentorId)
	const facts: Omit<AskFacts, 'mentor'> = {
		open: (between?.status ?? null) as AskFacts['open'],
		inLine: open.filter(({ status }) => status === 'asked' || status === 'chosen').length,
		asksNow: open.some(({ status }) => status === 'asked'),
		talks: open.filter(({ status, settled }) => status === 'accepted' && !settled).length,
	}
	return { facts, openMatch: between && between.status !== 'chosen' ? between.id : null }
}

/** The page to ask a mentor on, with why she cannot be asked now, if so. Throws `not-found`. */
export async function readAsk(actor: Actor, mentorId: string | null) {
	const { whyNot, ...mentor } = await accessMentor(db, actor, mentorId)
	const { facts, openMatch } = await readAskFacts(db, actor, mentor.id)
	return {
		mentor,
		whyNot: whyNotAsk({ ...facts, mentor: whyNot }) ?? null,
		openMatch,
		/** Another one is asked now: this one would stand in line. */
		inLine: facts.asksNow,
		wishes: await readWishesToAsk(actor),
	}
}

async function askedBefore(tx: Db, actor: Actor, key: string) {
	const [before] = await tx
		.select({ id: matches.id, status: matches.status })
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), eq(matches.key, key)))
	return before
}

async function nextPlace(tx: Db, menteeId: string) {
	const [last] = await tx
		.select({ place: max(matches.place) })
		.from(matches)
		.where(and(eq(matches.menteeId, menteeId), eq(matches.status, 'chosen')))
	return (last?.place ?? 0) + 1
}

/** Requests to one mentor one after the other, so that none slips past the count of those that are open. */
const lockRequestsTo = (tx: Tx, mentorId: string) =>
	tx
		.select({ id: mentorOffers.memberId })
		.from(mentorOffers)
		.where(eq(mentorOffers.memberId, mentorId))
		.for('no key update')

/**
 * Asks a mentor at once, or puts her into the line while another one is asked. The same form sent again gives the same
 * request. Throws `not-found` for someone who is no mentor to her, `conflict` (`details.reason`: see `whyNotAsk`) when
 * it cannot be now.
 */
export const askMentor = command({
	input: AskForm,
	limit: 'mentoring.ask',
	async run({ actor, input, tx }) {
		await lockLine(tx, actor.id)
		const before = await askedBefore(tx, actor, input.key)
		if (before) return before
		if (!isUuid(input.mentor)) throw new AppError('not-found')
		await lockRequestsTo(tx, input.mentor)
		const reachable = (await reachableMentors(tx, actor.id, [input.mentor])).get(input.mentor)
		if (!reachable) {
			countRefused(actor, input.mentor)
			throw new AppError('not-found')
		}
		const { facts } = await readAskFacts(tx, actor, input.mentor)
		const reason = whyNotAsk({ ...facts, mentor: reachable.whyNot })
		if (reason) throw new AppError('conflict', { details: { reason } })
		const { key, needs, words, language } = input
		const [match] = await tx
			.insert(matches)
			.values({
				menteeId: actor.id,
				mentorId: input.mentor,
				key,
				...(facts.asksNow
					? { status: 'chosen' as const, place: await nextPlace(tx, actor.id) }
					: { status: 'asked' as const }),
				needs,
				words,
				wordsLang: language,
				wordsDir: directionOf(words, dirOf(language)),
			})
			// A round has proposed the two to each other in this moment.
			.onConflictDoNothing()
			.returning({ id: matches.id, status: matches.status })
		if (!match) throw new AppError('conflict', { details: { reason: 'open' } })
		if (match.status === 'asked')
			await tell(tx, { memberIds: [input.mentor], kind: 'mentoring.asked', subjectId: match.id })
		return match
	},
})
