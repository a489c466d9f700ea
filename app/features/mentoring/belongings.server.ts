import { eq, or, sql } from 'drizzle-orm'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import type { Belongings } from '~/features/members/belongings'

/** Her offer to mentor, and her part in matches. They go with her account, whatever becomes of her words elsewhere. */
export const mentoringBelongings: Belongings = {
	tables: ['mentor_offers', 'matches'],
	async collect(db, memberId) {
		const offers = await db
			.select({
				at: mentorOffers.offeredAt,
				text: mentorOffers.words,
				lang: mentorOffers.wordsLang,
				dir: mentorOffers.wordsDir,
				languages: mentorOffers.languages,
				needs: mentorOffers.needs,
				capacity: mentorOffers.capacity,
				status: mentorOffers.status,
				vettedAt: mentorOffers.vettedAt,
			})
			.from(mentorOffers)
			.where(eq(mentorOffers.memberId, memberId))
		const asked = await db
			.select({
				at: matches.askedAt,
				text: matches.words,
				lang: matches.wordsLang,
				dir: matches.wordsDir,
			})
			.from(matches)
			.where(eq(matches.menteeId, memberId))
		const facts = await db
			.select({
				as: sql<
					'mentee' | 'mentor'
				>`case when ${matches.menteeId} = ${memberId}::uuid then 'mentee' else 'mentor' end`,
				status: matches.status,
				needs: matches.needs,
				askedAt: matches.askedAt,
				answeredAt: matches.answeredAt,
				endedAt: matches.endedAt,
			})
			.from(matches)
			.where(or(eq(matches.menteeId, memberId), eq(matches.mentorId, memberId)))
		const texts = [...offers.map(({ at, text, lang, dir }) => ({ at, text, lang, dir })), ...asked]
		return [
			{
				name: 'mentoring',
				texts: texts.filter(({ text }) => text),
				facts: [...offers.map(({ text: _text, dir: _dir, ...offer }) => offer), ...facts],
			},
		]
	},
}
