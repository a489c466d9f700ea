import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { members, organisations } from '~/db/schema/members'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { inHerWords } from '~/features/members/wording/organisation-words.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import { LANGUAGE_ROWS } from '../mentoring.limits'
import { inHerOrder } from '../needs'
import { zoneFor } from '../times/zones'
import { forgetNotices, leaveLine, lockLine, stopWaiting } from './line.server'
import { changeNoMatch, countNoMatch } from './no-match.server'
import { changePlaces } from './place-limits.server'
import { StopForm, WishesForm } from './wishes.schema'

/** Organisations that stand behind a mentor, by name, and those a woman trusts already. */
const readOrganisations = (trusted: readonly string[]) =>
	db
		.select({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.where(
			sql`${inArray(
				organisations.id,
				db
					.select({ id: mentorOffers.organisationId })
					.from(mentorOffers)
					.where(eq(mentorOffers.status, 'vetted')),
			)} or ${inArray(organisations.id, [...trusted])}`,
		)
		.orderBy(asc(organisations.name))

const readRow = async (memberId: string) => {
	const [row] = await db.select().from(mentoringWishes).where(eq(mentoringWishes.memberId, memberId))
	return row
}

/** What a first form starts with: her languages and her zone as her profile has them. */
async function firstWishes(actor: Actor, locale: string) {
	const [member] = await db.select({ zone: members.zone }).from(members).where(eq(members.id, actor.id))
	const known = actor.speaks.length > 0 ? actor.speaks : actor.reads
	return {
		needs: [],
		languages: (known.length > 0 ? known : [locale]).slice(0, LANGUAGE_ROWS.length),
		level: 'understand' as const,
		how: [],
		hours: [],
		zone: zoneFor({ zone: member?.zone ?? null, hostCountry: actor.hostCountry }),
		organisations: [],
		words: '',
		wordsLang: locale,
		inRounds: true,
		waiting: false,
		hasTown: false,
		hasCommunity: false,
	}
}

async function savedWishes(actor: Actor, locale: string) {
	const row = await readRow(actor.id)
	const first = await firstWishes(actor, locale)
	if (!row) return { ...first, saved: false }
	const { townHash: town, communityHash: community, waitingSince, ...wishes } = row
	return {
		needs: inHerOrder(wishes.needs),
		languages: wishes.languages,
		level: wishes.level,
		how: wishes.how,
		hours: wishes.hours,
		zone: wishes.zone ?? first.zone,
		organisations: wishes.organisations ?? [],
		words: wishes.words,
		wordsLang: wishes.wordsLang,
		inRounds: wishes.inRounds,
		waiting: waitingSince !== null,
		hasTown: town !== null,
		hasCommunity: community !== null,
		saved: true,
	}
}

/**
 * Her wishes as she wrote them, or what the form starts with. Of her limits only that there are some: whoever looks over
 * her shoulder reads neither town nor country nor name.
 */
export async function readWishes(actor: Actor, locale: string) {
	const [wishes, noMatch] = await Promise.all([savedWishes(actor, locale), countNoMatch(db, actor.id)])
	const rows = await readOrganisations(wishes.organisations)
	return { wishes: { ...wishes, noMatch }, organisations: rows.map((one) => inHerWords(actor, locale, one)) }
}

/** Her wishes in short (null where she has written none), and the zone her times are shown in. */
export async function readWishesInShort(actor: Actor) {
	const [row] = await db
		.select({
			ownZone: members.zone,
			zone: mentoringWishes.zone,
			needs: mentoringWishes.needs,
			waitingSince: mentoringWishes.waitingSince,
			inRounds: mentoringWishes.inRounds,
		})
		.from(members)
		.leftJoin(mentoringWishes, eq(mentoringWishes.memberId, members.id))
		.where(eq(members.id, actor.id))
	const wishes = row?.needs && {
		needs: inHerOrder(row.needs),
		waiting: row.waitingSince !== null,
		inRounds: row.inRounds === true,
	}
	return {
		wishes: wishes ?? null,
		zone: row?.zone ?? zoneFor({ zone: row?.ownZone ?? null, hostCountry: actor.hostCountry }),
	}
}

/** What a request to a mentor begins with. */
export async function readWishesToAsk(actor: Actor) {
	const row = await readRow(actor.id)
	return { needs: inHerOrder(row?.needs ?? []), words: row?.words ?? '' }
}

/** Whether a mentor is with her now: then she waits for nobody. */
const hasMentor = async (tx: Db, memberId: string) =>
	(await tx.$count(matches, and(eq(matches.menteeId, memberId), eq(matches.status, 'accepted')))) > 0

/**
 * Saves what she would like of a mentor, and lets her wait for one unless one is with her already. Her limits are kept
 * only as keyed hashes. Throws `invalid` for what the form could not have sent, too many names, or places changed too
 * often.
 */
export const saveWishes = command({
	input: WishesForm,
	limit: 'mentoring.wishes',
	access: changePlaces,
	async run({ actor, input, found: places, tx }) {
		await lockLine(tx, actor.id)
		const {
			town: _town,
			community: _community,
			names,
			words,
			language,
			organisations: trusted,
			...answers
		} = input
		const waits = !(await hasMentor(tx, actor.id))
		const wishes = {
			...answers,
			words,
			wordsLang: language,
			wordsDir: directionOf(words, dirOf(language)),
			organisations: trusted.length > 0 ? trusted : null,
			...places,
			changedAt: sql`now()`,
		}
		await tx
			.insert(mentoringWishes)
			.values({ memberId: actor.id, ...wishes, waitingSince: waits ? sql`now()` : null })
			.onConflictDoUpdate({
				target: mentoringWishes.memberId,
				set: {
					...wishes,
					waitingSince: waits ? sql`coalesce(${mentoringWishes.waitingSince}, now())` : null,
				},
			})
		await changeNoMatch(tx, actor.id, names)
	},
})

/** Takes back what she has asked, and what a round has proposed to her: no answer is waited for any more. */
async function takeBack(tx: Tx, menteeId: string) {
	const taken = await tx
		.update(matches)
		.set({ status: 'withdrawn', answeredAt: sql`now()` })
		.where(and(eq(matches.menteeId, menteeId), inArray(matches.status, ['asked', 'proposed'])))
		.returning({ id: matches.id, menteeId: matches.menteeId, mentorId: matches.mentorId })
	for (const match of taken) await forgetNotices(tx, match)
}

/**
 * She looks for no mentor any more: nobody looks for her, whoever was asked need not answer, her line is gone. What she
 * wrote stays for another time; mentoring that goes on goes on.
 */
export const stopLooking = command({
	input: StopForm,
	limit: 'mentoring.wishes',
	async run({ actor, tx }) {
		await lockLine(tx, actor.id)
		await takeBack(tx, actor.id)
		await leaveLine(tx, actor.id)
		await stopWaiting(tx, actor.id)
		await tx.update(mentoringWishes).set({ inRounds: false }).where(eq(mentoringWishes.memberId, actor.id))
	},
})
