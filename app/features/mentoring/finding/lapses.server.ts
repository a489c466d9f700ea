import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { tell } from '~/features/members/notices.server'
import { keepDoing } from '~/platform/aside.server'
import { logFault } from '~/platform/log.server'
import { LIMITS } from '../mentoring.limits'
import { mentorIdOf } from '../mentoring.policy'
import { keepMentorRole } from '../offers/mentor-role.server'
import { forgetNotices, passOn } from './line.server'

const EVERY_MS = 60_000
/** What more there is waits for the next minute. */
const AT_ONCE = 200

/** Asked or proposed three days ago, and still without an answer. */
const isOverdue = and(
	inArray(matches.status, ['asked', 'proposed']),
	sql`${matches.askedAt} <= now() - make_interval(hours => ${LIMITS.answerHours})`,
)

const readOverdue = () =>
	db
		.select({ id: matches.id, menteeId: matches.menteeId })
		.from(matches)
		.where(isOverdue)
		.orderBy(asc(matches.askedAt))
		.limit(AT_ONCE)

type Overdue = Awaited<ReturnType<typeof readOverdue>>[number]

/** Takes her line, and the match if it is overdue still; nothing where someone else is at it just now. */
async function lockOverdue(tx: Tx, { id, menteeId }: Overdue) {
	const hers = tx.select({ status: members.status }).from(members).where(eq(members.id, menteeId))
	const [woman] = await hers.for('no key update', { skipLocked: true })
	if (!woman) return undefined
	const [match] = await tx
		.select({ mentorId: matches.mentorId, status: matches.status })
		.from(matches)
		.where(and(eq(matches.id, id), isOverdue))
		.for('update', { skipLocked: true })
	return match && { ...match, shutOut: woman.status !== 'active' }
}

/**
 * Counts a request that a mentor left without an answer. After two in a row her offer is paused, so that nobody waits
 * for her in vain; she is told kindly and begins again herself when she likes.
 */
async function countLapse(tx: Tx, mentorId: string) {
	const ofMentor = eq(mentorOffers.memberId, mentorId)
	const [offer] = await tx
		.select({ status: mentorOffers.status, lapses: mentorOffers.lapses })
		.from(mentorOffers)
		.where(ofMentor)
		.for('no key update')
	if (!offer) return
	const lapses = offer.lapses + 1
	const pauses = offer.status === 'vetted' && lapses >= LIMITS.lapses
	await tx
		.update(mentorOffers)
		.set({ lapses, ...(pauses ? { status: 'paused', pausedBy: 'lapses' } : {}) })
		.where(ofMentor)
	if (!pauses) return
	await keepMentorRole(tx, mentorId, null)
	await tell(tx, { memberIds: [mentorId], kind: 'mentoring.offerPaused', subjectId: mentorId })
}

/** One request or proposal whose time is over, with all that follows from it, or nothing at all. */
const lapse = (overdue: Overdue) =>
	db.transaction(async (tx) => {
		const match = await lockOverdue(tx, overdue)
		if (!match) return false
		// With a woman who is suspended nobody could begin: the mentor has left nothing without an answer.
		const nobodysFault = match.shutOut ? { answeredAt: sql`now()` } : {}
		await tx
			.update(matches)
			.set({ status: 'lapsed', place: null, ...nobodysFault })
			.where(eq(matches.id, overdue.id))
		await forgetNotices(tx, { ...match, ...overdue })
		// A round's proposal waits for two, and is nobody's fault.
		if (match.status === 'proposed') return true
		if (!match.shutOut) await countLapse(tx, mentorIdOf(match))
		await passOn(tx, overdue.menteeId)
		return true
	})

/**
 * Lets lapse what was left without an answer for three days, and asks the next in line. Several processes at once share
 * the work; one that is killed leaves each request as it was or done. Returns how many.
 */
export async function lapseOverdue() {
	let lapsed = 0
	for (const overdue of await readOverdue()) {
		try {
			if (await lapse(overdue)) lapsed += 1
		} catch (error) {
			// One that cannot be done must not keep the others waiting.
			logFault('mentoring.lapses', error)
		}
	}
	return lapsed
}

/** Looks every minute for as long as the process runs. */
export const keepLapsing = () => keepDoing('mentoring.lapses', EVERY_MS, () => lapseOverdue())
