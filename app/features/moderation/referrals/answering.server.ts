import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { referrals } from '~/db/schema/measures'
import { organisations } from '~/db/schema/members'
import { untell } from '~/features/members/notices.server'
import { inHerWords } from '~/features/members/wording/organisation-words.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { recordOf } from './referral-record'
import { Answer, OneReferral } from './referrals.schema'
import type { ReferralState } from './referrals.words'

const SHOWN_AT_MOST = 50

/** What was offered to her and how it stands, the latest first. Who offered it is not in it. */
export async function listMyReferrals(actor: Actor, locale: string) {
	const rows = await db
		.select({
			id: referrals.id,
			organisationId: organisations.id,
			name: organisations.name,
			country: organisations.country,
			kind: organisations.kind,
			offerWords: referrals.offerWords,
			offeredAt: referrals.offeredAt,
			state: referrals.state,
			herWords: referrals.herWords,
		})
		.from(referrals)
		.innerJoin(organisations, eq(organisations.id, referrals.organisationId))
		.where(eq(referrals.memberId, actor.id))
		.orderBy(desc(referrals.offeredAt), desc(referrals.id))
		.limit(SHOWN_AT_MOST)
	return rows.map(({ organisationId, name, ...referral }) => {
		const organisation = inHerWords(actor, locale, { id: organisationId, name })
		return { ...referral, organisation: organisation.name, about: organisation.about }
	})
}

export type MyReferral = Awaited<ReturnType<typeof listMyReferrals>>[number]

/** Where a notice of a referral leads. */
export const referralPlaces = (notices: readonly { id: string; kind: string }[]) =>
	notices
		.filter(({ kind }) => kind.startsWith('referral.'))
		.map(({ id }) => [id, { path: '/me/referrals' }] as const)

/** Hers, kept from other answers until this one is through. Throws `not-found` for everybody else's. */
async function lockMine(tx: Tx, actor: Actor, id: string) {
	const [mine] = await tx
		.select({ id: referrals.id, state: referrals.state, organisationId: referrals.organisationId })
		.from(referrals)
		.where(and(eq(referrals.id, id), eq(referrals.memberId, actor.id)))
		.for('update')
	if (!mine) throw new AppError('not-found')
	return mine
}

const forget = (tx: Tx, actor: Actor, id: string) =>
	untell(tx, { memberId: actor.id, kind: 'referral.offered', subjectId: id })

/**
 * Says yes or no. Only after her yes does anybody there hear of her, and then what she wrote for them. The same answer
 * again changes nothing. Throws `not-found` for another woman's, `conflict` for one that is answered already.
 */
export const answerReferral = command({
	input: Answer,
	limit: 'measures.referral',
	async run({ actor, input, tx, audit }) {
		const mine = await lockMine(tx, actor, input.referral)
		const state: ReferralState = input.answer === 'yes' ? 'agreed' : 'declined'
		if (mine.state === state) return
		if (mine.state !== 'offered') throw new AppError('conflict')
		const herWords = state === 'agreed' ? input.words : ''
		await tx
			.update(referrals)
			.set({ state, herWords, answeredAt: sql`now()` })
			.where(eq(referrals.id, mine.id))
		await forget(tx, actor, mine.id)
		await audit(recordOf(`referral.${state}`, { id: mine.id, memberId: actor.id }))
	},
})

/**
 * Takes her yes back, also when somebody there has taken it: they see nothing more of it, and her words go. Twice is
 * once. Throws `not-found` for another woman's, `conflict` where there is no yes.
 */
export const withdrawReferral = command({
	input: OneReferral,
	limit: 'measures.referral',
	async run({ actor, input, tx, audit }) {
		const mine = await lockMine(tx, actor, input.referral)
		if (mine.state === 'withdrawn') return
		const [withdrawn] = await tx
			.update(referrals)
			.set({ state: 'withdrawn', herWords: '' })
			.where(and(eq(referrals.id, mine.id), inArray(referrals.state, ['agreed', 'taken', 'closed'])))
			.returning({ id: referrals.id })
		if (!withdrawn) throw new AppError('conflict')
		await audit(recordOf('referral.withdrawn', { id: mine.id, memberId: actor.id }))
	},
})
