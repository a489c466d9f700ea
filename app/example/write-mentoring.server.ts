import { eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import { matches, mentoringWishes, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs, mentoringRounds } from '~/db/schema/rounds'
import { notices } from '~/db/schema/ties'
import {
	mentoringFeedback,
	mentoringGoals,
	mentoringInterpreters,
	mentoringMeetings,
	mentoringNotes,
} from '~/db/schema/together'
import type { NoticeKind } from '~/features/members/notices.server'
import { NEEDS } from '~/features/mentoring/needs'
import { zoneOf } from '~/features/mentoring/times/zones'
import { momentsOf } from '~/platform/i18n/moments'
import { directionOf } from '~/platform/text'
import { daysBefore } from './clock'
import type { ExamplePair, ExamplePeople, ExampleUnmatched } from './texts.server'
import type { ExampleIds } from './write-people.server'
import { MINUTE_MS, writeMessages } from './write-rooms.server'

const DAY_MS = 86_400_000
const ROUND_DAYS_AGO = 1
/** As many women as a coordinator of a few centres would have before her: sixty for a round, and some who have asked. */
const WAITING = 70
/** The one who came last has waited this long, each before her a little longer. */
const WAITING_DAYS = { least: 2, step: 0.7 }
/** Evenings, mornings, the weekend: hours of a week on her own clock. */
const FREE_HOURS = [
	[18, 19, 20].flatMap((hour) => [0, 1, 2, 3].map((day) => day * 24 + hour)),
	[9, 10, 11].flatMap((hour) => [1, 3].map((day) => day * 24 + hour)),
	[10, 11, 15, 16].flatMap((hour) => [5, 6].map((day) => day * 24 + hour)),
]
const WAYS = [['write'], ['write', 'voice'], ['voice', 'meet'], []]

interface Texts {
	people: ExamplePeople
	pairs: ExamplePair[]
	unmatched: ExampleUnmatched[]
}

type Who = Record<'mentor' | 'mentee', string>

/** Writes who waits for a mentor, the round that has been, and every pair with what the two share. */
export async function writeMentoring(tx: Tx, texts: Texts, ids: ExampleIds) {
	await writeWishes(tx, texts, ids)
	const round = await writeRound(tx, texts, ids)
	for (const pair of texts.pairs) await writePair(tx, pair, { ids, round })
	await tx.execute(sql`
		update mentoring_round_pairs p set match_id = m.id from matches m
		where m.round_id = p.round_id and m.mentee_id = p.woman_id and m.mentor_id = p.mentor_id`)
}

/** Women without a mentor, those of the pairs first who still look for one, in the order of the list. */
function waitingWomen({ people, pairs, unmatched }: Texts) {
	const { mentors, moderators, practitioners, leads, coordinators } = people
	const busy = new Set([
		...mentors.map(({ handle }) => handle),
		...[...moderators, ...practitioners, ...leads, ...coordinators],
		...pairs.filter(({ status }) => status === 'accepted').map(({ mentee }) => mentee),
	])
	const named = new Set([...pairs, ...unmatched].map(({ mentee }) => mentee))
	const free = people.members.filter(({ handle }) => !busy.has(handle))
	const [known, others] = [
		free.filter(({ handle }) => named.has(handle)),
		free.filter(({ handle }) => !named.has(handle)),
	]
	// Every other one, so that not only those at the head of the list wait.
	return [...known, ...others.filter((_, at) => at % 2 === 0)].slice(0, WAITING)
}

async function writeWishes(tx: Tx, texts: Texts, { member, now }: ExampleIds) {
	const asked = new Map(texts.pairs.map(({ mentee, needs }) => [mentee, needs]))
	await tx.insert(mentoringWishes).values(
		waitingWomen(texts).map(({ handle, speaks, country, mother }, at) => {
			const waitingSince = daysBefore(now, WAITING_DAYS.least + at * WAITING_DAYS.step)
			return {
				memberId: member(handle),
				languages: speaks,
				level: at % 3 === 0 ? ('talk' as const) : ('understand' as const),
				needs: asked.get(handle) ?? [NEEDS[(at * 7) % NEEDS.length]!, NEEDS[(at * 7 + 11) % NEEDS.length]!],
				how: WAYS[at % WAYS.length]!,
				hours: FREE_HOURS[at % FREE_HOURS.length]!,
				zone: zoneOf(country),
				wordsLang: mother,
				wordsDir: directionOf(handle),
				inRounds: true,
				waitingSince,
				changedAt: waitingSince,
			}
		}),
	)
}

const reasonsFor = (language: string, need: string): (typeof mentoringRoundPairs.$inferInsert)['reasons'] => [
	{ key: 'mentoring:reason.bothSpeak', params: { language } },
	{ key: 'mentoring:reason.helps', params: { need } },
]

/** The round of the day before: whom it brought together, and for whom it found nobody. */
async function writeRound(tx: Tx, { people, pairs, unmatched }: Texts, { member, now }: ExampleIds) {
	const coordinator = member(people.coordinators[0]!)
	const drawnAt = daysBefore(now, ROUND_DAYS_AGO)
	const [round] = await tx
		.insert(mentoringRounds)
		.values({
			seed: 'the first round of the example',
			drawnAt,
			inputHash: '',
			status: 'published',
			createdBy: coordinator,
			publishedBy: coordinator,
			publishedAt: drawnAt,
		})
		.returning({ id: mentoringRounds.id })
	const matched = pairs.filter((pair) => pair.round)
	await tx.insert(mentoringRoundPairs).values([
		...matched.map(({ mentor, mentee, needs, lang }, place) => ({
			roundId: round!.id,
			womanId: member(mentee),
			mentorId: member(mentor),
			place,
			score: 70 - place,
			reasons: reasonsFor(lang, needs[0]!),
		})),
		...unmatched.map(({ mentee, why }, at) => ({
			roundId: round!.id,
			womanId: member(mentee),
			place: matched.length + at,
			reasons: [],
			why,
		})),
	])
	return round!.id
}

async function writePair(tx: Tx, pair: ExamplePair, { ids, round }: { ids: ExampleIds; round: string }) {
	const { member, now } = ids
	const who: Who = { mentor: member(pair.mentor), mentee: member(pair.mentee) }
	const askedAt = daysBefore(now, pair.daysAgo)
	const met = pair.status === 'accepted' || pair.status === 'ended'
	const answered = met || pair.status === 'declined'
	const roomId = met ? await writePrivateRoom(tx, pair, { who, began: askedAt, ids }) : null
	const [match] = await tx
		.insert(matches)
		.values({
			menteeId: who.mentee,
			mentorId: who.mentor,
			key: crypto.randomUUID(),
			status: pair.status,
			place: pair.place,
			roundId: pair.round ? round : null,
			needs: pair.needs,
			words: pair.words,
			wordsLang: pair.lang,
			wordsDir: directionOf(pair.words),
			roomId,
			askedAt,
			answeredAt: answered ? new Date(askedAt.getTime() + DAY_MS / 2) : null,
			menteeYesAt: pair.menteeYes ? now : null,
			settledAt: pair.settled ? new Date(askedAt.getTime() + 3 * DAY_MS) : null,
			pausedAt: pair.paused ? daysBefore(now, 2) : null,
			pausedBy: pair.paused ? who[pair.paused] : null,
			endedAt: pair.status === 'ended' ? daysBefore(now, 5) : null,
			endedBy: pair.endedBy ? who[pair.endedBy] : null,
			endedQuietly: pair.quiet ?? false,
		})
		.returning({ id: matches.id })
	await writeShared(tx, pair, { matchId: match!.id, who, ids })
	await writeTold(tx, pair, { matchId: match!.id, who, at: askedAt })
	if (pair.status !== 'accepted') return
	await tx
		.update(mentorOffers)
		.set({ load: sql`${mentorOffers.load} + 1` })
		.where(eq(mentorOffers.memberId, who.mentor))
}

/** Who has read of it as something new: the mentor who is asked, both whom the round brought together. */
const TOLD: Partial<Record<ExamplePair['status'], { kind: NoticeKind; sides: (keyof Who)[] }>> = {
	asked: { kind: 'mentoring.asked', sides: ['mentor'] },
	proposed: { kind: 'mentoring.proposed', sides: ['mentor', 'mentee'] },
}

async function writeTold(
	tx: Tx,
	pair: ExamplePair,
	{ matchId, who, at }: { matchId: string; who: Who; at: Date },
) {
	const told = TOLD[pair.status]
	if (!told) return
	await tx
		.insert(notices)
		.values(told.sides.map((side) => ({ memberId: who[side], kind: told.kind, subjectId: matchId, at })))
}

interface PairContext {
	matchId: string
	who: Who
	ids: ExampleIds
}

/** Meetings, goals, notes, the third seat and how it was. */
async function writeShared(tx: Tx, pair: ExamplePair, { matchId, who, ids }: PairContext) {
	const { now, member } = ids
	const written = (body: string) => ({
		body,
		lang: pair.lang,
		dir: directionOf(body),
		key: crypto.randomUUID(),
	})
	for (const { by, inDays, hour, minutes, how, zone, status } of pair.meetings ?? []) {
		const day = daysBefore(now, -inDays).toISOString().slice(0, 10)
		await tx.insert(mentoringMeetings).values({
			matchId,
			key: crypto.randomUUID(),
			proposedBy: who[by],
			startsAt: momentsOf(day, `${hour}:00`.padStart(5, '0'), zone)[0]!,
			minutes,
			how,
			zone,
			status,
			createdAt: daysBefore(now, Math.max(1, 1 - inDays)),
			answeredAt: status === 'proposed' ? null : daysBefore(now, Math.max(0, -inDays)),
		})
	}
	for (const [at, { by, body, steps }] of (pair.goals ?? []).entries()) {
		const createdAt = daysBefore(now, pair.daysAgo - 4 - at)
		const row = { matchId, authorId: who[by], createdAt }
		const [goal] = await tx
			.insert(mentoringGoals)
			.values({ ...row, ...written(body) })
			.returning({ id: mentoringGoals.id })
		await tx.insert(mentoringGoals).values(
			steps.map((step, place) => ({
				...row,
				...written(step.body),
				goalId: goal!.id,
				createdAt: new Date(createdAt.getTime() + (place + 1) * MINUTE_MS),
				doneAt: step.done ? now : null,
			})),
		)
	}
	for (const { by, shared, body, daysAgo } of pair.notes ?? []) {
		const createdAt = daysBefore(now, daysAgo)
		await tx
			.insert(mentoringNotes)
			.values({ matchId, authorId: who[by], shared, createdAt, ...written(body) })
	}
	if (pair.interpreter) {
		const at = daysBefore(now, pair.daysAgo - 2)
		await tx.insert(mentoringInterpreters).values({
			matchId,
			interpreterId: member(pair.interpreter),
			proposedBy: who.mentee,
			proposedAt: at,
			menteeYesAt: at,
			mentorYesAt: at,
			interpreterYesAt: at,
		})
	}
	for (const [side, mood] of Object.entries(pair.feedback ?? {})) {
		await tx.insert(mentoringFeedback).values({ matchId, memberId: who[side as keyof Who], mood })
	}
}

async function writePrivateRoom(
	tx: Tx,
	pair: ExamplePair,
	{ who, began, ids }: { who: Who; began: Date; ids: ExampleIds },
) {
	const ended = pair.status === 'ended'
	const [room] = await tx
		.insert(rooms)
		.values({ kind: 'private', keepDays: 30, closedAt: ended ? daysBefore(ids.now, 5) : null })
		.returning({ id: rooms.id })
	const inside = [who.mentor, who.mentee, ...(pair.interpreter ? [ids.member(pair.interpreter)] : [])]
	await tx.insert(roomMembers).values(
		inside.map((memberId) => ({
			roomId: room!.id,
			memberId,
			joinedAt: began,
			leftAt: ended ? daysBefore(ids.now, 5) : null,
		})),
	)
	const lines = pair.messages.map(({ by, body, minutesAfter }) => ({
		authorId: who[by],
		body,
		at: new Date(began.getTime() + minutesAfter * MINUTE_MS),
	}))
	await writeMessages(tx, room!.id, lines)
	return room!.id
}
