import { and, eq } from 'drizzle-orm'
import { type Db, db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { type AskFacts, whyNotAsk } from './mentoring.policy'
import { AskForm } from './mentoring.schema'
import { accessMentor, isOpen } from './mentors.server'

/** What is still open between her and this mentor, and how many requests of hers wait for an answer. */
async function openBetween(tx: Db, actor: Actor, mentorId: string): Promise<Omit<AskFacts, 'free'>> {
	const open = await tx
		.select({ id: matches.id, mentorId: matches.mentorId, status: matches.status })
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), isOpen))
	return {
		openMatch: open.find((match) => match.mentorId === mentorId)?.id ?? null,
		openRequests: open.filter((match) => match.status === 'asked').length,
	}
}

/** The page to ask a mentor on, with why she cannot be asked now, if so. Throws `not-found`. */
export async function readAsk(actor: Actor, mentorId: string | null) {
	const { free, ...mentor } = await accessMentor(db, actor, mentorId)
	const between = await openBetween(db, actor, mentor.id)
	return { mentor, whyNot: whyNotAsk({ ...between, free }) ?? null, openMatch: between.openMatch }
}

async function askedBefore(tx: Db, actor: Actor, key: string) {
	const [before] = await tx
		.select({ id: matches.id })
		.from(matches)
		.where(and(eq(matches.menteeId, actor.id), eq(matches.key, key)))
	return before
}

/**
 * Asks a mentor. The same form sent again gives the same request. Throws `not-found` for someone who is no mentor to
 * her, `conflict` (`details.reason`: open, full, several) when it cannot be now.
 */
export const askMentor = command({
	input: AskForm,
	limit: 'mentoring.ask',
	async run({ actor, input, tx }) {
		// Her requests one after the other, so that none slips past the count of those that are open.
		await tx.select({ id: members.id }).from(members).where(eq(members.id, actor.id)).for('no key update')
		const before = await askedBefore(tx, actor, input.key)
		if (before) return before
		const mentor = await accessMentor(tx, actor, input.mentor)
		const reason = whyNotAsk({ ...(await openBetween(tx, actor, mentor.id)), free: mentor.free })
		if (reason) throw new AppError('conflict', { details: { reason } })
		const { key, needs, words, language } = input
		const [match] = await tx
			.insert(matches)
			.values({
				menteeId: actor.id,
				mentorId: mentor.id,
				key,
				needs,
				words,
				wordsLang: language,
				wordsDir: directionOf(words, dirOf(language)),
			})
			.returning({ id: matches.id })
		return match!
	},
})
