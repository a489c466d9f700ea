import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { notices } from '~/db/schema/ties'
import { mentoringMeetings } from '~/db/schema/together'
import { roomsWith } from '~/features/chat/rooms.server'
import { listNotices } from '~/features/members/notice-list.server'
import { endSharedMatches } from '~/features/mentoring/blocks.server'
import { readMatchPage } from '~/features/mentoring/together/match-page.server'
import {
	agreeToMeeting,
	cancelMeeting,
	proposeMeeting,
	readAppointment,
	readMeetings,
} from '~/features/mentoring/together/meetings.server'
import { remindOfMeetings } from '~/features/mentoring/together/reminders.server'
import type { Actor } from '~/platform/actor'
import { placesOf } from '~/routes/members/notice-places.server'
import { aMatchAs, aMeeting, aMeetingForm, anInterpreter } from '../../factories/matches'
import { aMember, aMemberWithToken } from '../../factories/members'
import { act, aMatch, aMentor, ROOMS } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open } from '../../factories/requests'

const HOUR_MS = 60 * 60 * 1000

async function two() {
	const [her, mentor] = [await aMember(), await aMentor()]
	return { her, mentor, match: await aMatch(her, mentor) }
}
const meetings = (match: string) =>
	db.select().from(mentoringMeetings).where(eq(mentoringMeetings.matchId, match))
const propose = (actor: Actor, match: string, change = {}) =>
	proposeMeeting(actor, aMeetingForm(match, change))
/** Where her notices about appointments lead, as the page of notices asks. */
const places = async (actor: Actor) =>
	[...(await placesOf(actor, 'en', (await listNotices(actor, null)).notices)).values()].filter(
		({ when }) => when,
	)
/** The same meeting, that many hours from now. */
const move = (id: string, hours: number) =>
	db
		.update(mentoringMeetings)
		.set({ startsAt: new Date(Date.now() + hours * HOUR_MS) })
		.where(eq(mentoringMeetings.id, id))

describe('proposing a time', () => {
	test('one form is one proposal, and three wait at most', async () => {
		const { her, mentor, match } = await two()
		const form = aMeetingForm(match)
		await Promise.all([1, 2, 3, 4].map(() => proposeMeeting(her, form)))
		expect(await meetings(match)).toHaveLength(1)
		await propose(mentor, match, { time: '16:00' })
		await propose(her, match, { time: '17:00' })
		expect(await faultsOf(() => propose(her, match, { time: '18:00' }))).toMatchObject({
			code: 'conflict',
			details: { reason: 'enough' },
		})
		const [first] = await readMeetings(match, her)
		expect(first).toMatchObject({ minutes: 30, how: 'voice', agreed: false, byHer: true })
		// What is over no longer waits.
		await move(first!.id, -1)
		expect(await codeOf(() => propose(her, match, { time: '18:00' }))).toBe('ok')
	})

	test('of five at once three wait', async () => {
		const { her, match } = await two()
		const outcomes = await Promise.all(
			[10, 11, 12, 13, 14].map((hour) => codeOf(() => propose(her, match, { time: `${hour}:00` }))),
		)
		expect(outcomes.filter((code) => code === 'ok')).toHaveLength(3)
		expect(await meetings(match)).toHaveLength(3)
	})

	test('is kept as the clock of the zone shows it', async () => {
		const { her, match } = await two()
		const year = new Date().getUTCFullYear() + 1
		const july = { date: `${year}-07-01`, time: '09:30' }
		await propose(her, match, { ...july, zone: 'Europe/Athens' })
		await propose(her, match, { ...july, zone: 'Europe/London' })
		const starts = (await meetings(match)).map(({ startsAt }) => startsAt.toISOString()).sort()
		expect(starts).toEqual([`${year}-07-01T06:30:00.000Z`, `${year}-07-01T08:30:00.000Z`])
	})

	const lastSunday = (year: number, month: number) => {
		const last = new Date(Date.UTC(year, month + 1, 0))
		return new Date(last.getTime() - last.getUTCDay() * 24 * HOUR_MS).toISOString().slice(0, 10)
	}
	const nextOf = (month: number) => {
		const year = new Date().getUTCFullYear()
		const day = lastSunday(year, month)
		return Date.parse(day) > Date.now() + 24 * HOUR_MS ? day : lastSunday(year + 1, month)
	}

	test('an hour that the clock jumps over is refused at its field; of one that comes twice the first is meant', async () => {
		const { her, match } = await two()
		expect(await faultsOf(() => propose(her, match, { date: nextOf(2), time: '02:30' }))).toMatchObject({
			code: 'invalid',
			fields: { time: 'match:when.skipped' },
		})
		const autumn = nextOf(9)
		await propose(her, match, { date: autumn, time: '02:30' })
		expect((await meetings(match)).map(({ startsAt }) => startsAt.toISOString())).toEqual([
			`${autumn}T00:30:00.000Z`,
		])
	})

	test.each([
		['yesterday', { date: '2020-01-01' }, { date: 'match:when.past' }],
		['in ten years', { date: '2099-01-01' }, { date: 'match:when.far' }],
		['no such day', { date: '2027-02-30' }, { date: 'match:when.noDay' }],
		['no day', { date: '' }, { date: 'match:when.noDay' }],
		['no time', { time: '' }, { time: 'match:when.noTime' }],
		['25 o’clock', { time: '25:00' }, { time: 'match:when.noTime' }],
		['no such zone', { zone: 'Mars/Base' }, { zone: 'errors:choose' }],
		['seven minutes', { minutes: '7' }, { minutes: 'errors:choose' }],
		['by pigeon', { how: 'pigeon' }, { how: 'errors:choose' }],
	])('%s is refused at its field', async (_what, change, fields) => {
		const { her, match } = await two()
		expect(await faultsOf(() => propose(her, match, change))).toMatchObject({ code: 'invalid', fields })
		expect(await meetings(match)).toEqual([])
	})
})

describe('agreeing and calling off', () => {
	test('the other one agrees to one of them, the others go, and both are told', async () => {
		const { her, mentor, match } = await two()
		await propose(her, match)
		await propose(her, match, { time: '16:00' })
		await propose(mentor, match, { time: '17:00' })
		const chosen = (await readMeetings(match, mentor)).find(({ byHer }) => !byHer)!
		expect(await codeOf(() => agreeToMeeting(her, { match, meeting: chosen.id }))).toBe('forbidden')
		const agree = () => agreeToMeeting(mentor, { match, meeting: chosen.id })
		expect(await Promise.all([codeOf(agree), codeOf(agree), codeOf(agree)])).toEqual(['ok', 'ok', 'ok'])
		expect(await readMeetings(match, her)).toMatchObject([{ id: chosen.id, agreed: true, byHer: true }])
		const [row] = await db.select().from(mentoringMeetings).where(eq(mentoringMeetings.id, chosen.id))
		expect(row?.changes).toBe(1)
		for (const actor of [her, mentor]) {
			expect((await listNotices(actor, null)).notices.map(({ kind }) => kind)).toContain('mentoring.meeting')
		}
	})

	test('two agree to different times at once: one of them', async () => {
		const { her, mentor, match } = await two()
		await propose(her, match)
		await propose(mentor, match, { time: '16:00' })
		const [first, second] = await readMeetings(match, her)
		await Promise.all([
			codeOf(() => agreeToMeeting(mentor, { match, meeting: first!.id })),
			codeOf(() => agreeToMeeting(her, { match, meeting: second!.id })),
		])
		expect((await meetings(match)).filter(({ status }) => status === 'agreed')).toHaveLength(1)
	})

	test.each([
		['by the one who proposed it', 'her', false, 'cancelled'],
		['by the other one', 'mentor', false, 'declined'],
		['once agreed, by either', 'mentor', true, 'cancelled'],
	] as const)('no, %s', async (_what, who, agreed, status) => {
		const people = await two()
		const { her, mentor, match } = people
		await propose(her, match)
		const [meeting] = await readMeetings(match, her)
		if (agreed) await agreeToMeeting(mentor, { match, meeting: meeting!.id })
		const cancel = () => cancelMeeting(people[who], { match, meeting: meeting!.id })
		expect([await codeOf(cancel), await codeOf(cancel)]).toEqual(['ok', 'ok'])
		expect(await meetings(match)).toMatchObject([{ status, changes: agreed ? 2 : 1 }])
		expect(await readMeetings(match, her)).toEqual([])
		expect(await faultsOf(() => agreeToMeeting(mentor, { match, meeting: meeting!.id }))).toMatchObject({
			code: 'conflict',
		})
	})

	test('during a break nothing is proposed or agreed, but can be called off', async () => {
		const { her, mentor, match } = await two()
		await propose(her, match)
		const [meeting] = await readMeetings(match, her)
		await act(her, match, 'pause')
		const reason = (run: () => Promise<unknown>) => faultsOf(run).then(({ details }) => details?.reason)
		expect(await reason(() => propose(mentor, match, { time: '18:00' }))).toBe('break')
		expect(await reason(() => agreeToMeeting(mentor, { match, meeting: meeting!.id }))).toBe('break')
		expect(await codeOf(() => cancelMeeting(mentor, { match, meeting: meeting!.id }))).toBe('ok')
	})

	test('one ends it while the other proposes a time: nothing stays open', async () => {
		for (let round = 0; round < 4; round += 1) {
			const { her, mentor, match } = await two()
			await aMeeting(her, mentor, match)
			const outcomes = await Promise.all([
				codeOf(() => act(her, match, 'end')),
				codeOf(() => propose(mentor, match, { time: '19:00' })),
			])
			expect(outcomes[0]).toBe('ok')
			expect(['ok', 'conflict']).toContain(outcomes[1])
			expect(await readMeetings(match, her)).toEqual([])
		}
	})

	test.each(['asked', 'proposed', 'ended', 'declined'] as const)(
		'there is none while it is %s',
		async (state) => {
			const [her, mentor] = [await aMember(), await aMentor()]
			const match = await aMatchAs(state, her, mentor)
			expect(await codeOf(() => propose(her, match))).toBe('conflict')
			expect(await codeOf(() => propose(mentor, match))).toBe('conflict')
		},
	)
})

describe('who sees it', () => {
	test('nobody but the two, and the interpreter only the next one', async () => {
		const { her, mentor, match } = await two()
		const interpreter = await aMember()
		await anInterpreter(her, mentor, interpreter, match)
		const meeting = await aMeeting(her, mentor, match)
		await propose(her, match, { time: '20:00' })
		const shown = await readMatchPage(interpreter, match, roomsWith)
		expect(shown).toMatchObject({ match: null, together: null, interpreting: { next: { id: meeting } } })
		const strangers = [
			await aMember(),
			await aMentor(),
			await aMember({ roles: [{ role: 'coordinator' }] }),
			interpreter,
		]
		for (const actor of strangers) {
			const outcomes = await Promise.all([
				codeOf(() => readAppointment(actor, match, meeting)),
				codeOf(() => propose(actor, match)),
				codeOf(() => agreeToMeeting(actor, { match, meeting })),
				codeOf(() => cancelMeeting(actor, { match, meeting })),
			])
			expect(outcomes).toEqual(Array(4).fill('not-found'))
		}
	})

	test('a meeting of another match is not there', async () => {
		const [first, second] = [await two(), await two()]
		const meeting = await aMeeting(first.her, first.mentor, first.match)
		expect(await codeOf(() => cancelMeeting(second.her, { match: second.match, meeting }))).toBe('not-found')
		expect(await codeOf(() => readAppointment(second.her, second.match, meeting))).toBe('not-found')
		expect(await codeOf(() => cancelMeeting(first.her, { match: first.match, meeting: randomUUID() }))).toBe(
			'not-found',
		)
	})

	test('the calendar file: for the two, in her language, nothing of either in it', async () => {
		const { loader } = await import('~/routes/mentoring/meeting-ics')
		const mentor = await aMentor()
		const { actor: her, token } = await aMemberWithToken({ handle: 'Amina', locale: 'it' })
		const match = await aMatch(her, mentor)
		const meeting = await aMeeting(her, mentor, match)
		const args = { token, params: { match, meeting } }
		const answer = await open(loader, `/mentoring/${match}/meetings/${meeting}.ics`, args)
		expect(answer.status).toBe(200)
		expect(answer.headers.get('content-disposition')).toBe('attachment; filename="appointment.ics"')
		expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
		const file = await readAppointment(her, match, meeting)
		expect(file).toMatchObject({ id: meeting, minutes: 30, changes: 1, cancelled: false })
		const stranger = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const refused = await open(loader, '/', { token: stranger.token, params: { match, meeting } })
		expect(refused.status).toBe(404)
		await cancelMeeting(her, { match, meeting })
		expect(await readAppointment(mentor, match, meeting)).toMatchObject({ changes: 2, cancelled: true })
	})

	test('a time that was only proposed is no appointment', async () => {
		const { her, mentor, match } = await two()
		await propose(her, match)
		const [meeting] = await readMeetings(match, her)
		expect(await codeOf(() => readAppointment(her, match, meeting!.id))).toBe('not-found')
		await cancelMeeting(her, { match, meeting: meeting!.id })
		expect(await codeOf(() => readAppointment(mentor, match, meeting!.id))).toBe('not-found')
	})
})

describe('reminders', () => {
	test('the day before, once, however many processes look; to the two and who interprets', async () => {
		const { her, mentor, match } = await two()
		const interpreter = await aMember()
		await anInterpreter(her, mentor, interpreter, match)
		const meeting = await aMeeting(her, mentor, match)
		expect(await remindOfMeetings()).toBe(0)
		await move(meeting, 23)
		const counts = await Promise.all([1, 2, 3].map(() => remindOfMeetings()))
		expect(counts.toSorted()).toEqual([0, 0, 1])
		expect(await remindOfMeetings()).toBe(0)
		expect(await db.$count(notices, eq(notices.kind, 'mentoring.reminder'))).toBe(3)
		for (const actor of [her, mentor, interpreter]) {
			expect((await places(actor)).some(({ path, when }) => path === `/mentoring/${match}` && when)).toBe(
				true,
			)
		}
	})

	test('with the time as it is when it is read, on her clock; nothing of one that was called off', async () => {
		const { her, mentor, match } = await two()
		const meeting = await aMeeting(her, mentor, match)
		await move(meeting, 20)
		await remindOfMeetings()
		await db.update(members).set({ zone: 'Asia/Tehran' }).where(eq(members.id, her.id))
		await db
			.update(mentoringMeetings)
			.set({ startsAt: new Date('2031-01-02T10:00:00Z') })
			.where(eq(mentoringMeetings.id, meeting))
		expect((await places(her))[0]?.when).toMatch(/13:30 \(Iran Standard Time\)$/)
		expect((await places(mentor))[0]?.when).toMatch(/11:00 \(Central European Time\)$/)
		await cancelMeeting(mentor, { match, meeting })
		expect(await places(her)).toEqual([])
	})

	test('not of what is proposed, agreed on the last day, over, or during a break', async () => {
		const { her, mentor, match } = await two()
		await propose(her, match)
		const [open] = await readMeetings(match, her)
		await move(open!.id, 20)
		expect(await remindOfMeetings()).toBe(0)
		await agreeToMeeting(mentor, { match, meeting: open!.id })
		expect(await remindOfMeetings()).toBe(0)
		const later = await aMeeting(her, mentor, match, { time: '21:00' })
		await move(later, -1)
		expect(await remindOfMeetings()).toBe(0)
		await move(later, 5)
		await act(mentor, match, 'pause')
		expect(await remindOfMeetings()).toBe(0)
		await act(mentor, match, 'resume')
		expect(await remindOfMeetings()).toBe(1)
	})

	test('a block takes all of it away', async () => {
		const { her, mentor, match } = await two()
		const meeting = await aMeeting(her, mentor, match)
		await move(meeting, 20)
		await remindOfMeetings()
		await db.transaction((tx) => endSharedMatches(ROOMS)(tx, { by: her.id, from: mentor.id }, () => {}))
		expect(await places(mentor)).toEqual([])
		expect(await meetings(match)).toMatchObject([{ status: 'cancelled' }])
	})
})
