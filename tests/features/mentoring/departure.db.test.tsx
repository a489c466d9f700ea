import { randomUUID } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { matches, mentoringWishes } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { notices } from '~/db/schema/ties'
import { mentoringGoals, mentoringMeetings, mentoringNotes } from '~/db/schema/together'
import { listRooms } from '~/features/chat/room-lists.server'
import { readRoomHead } from '~/features/chat/rooms.server'
import { OverviewPage } from '~/features/mentoring/components/overview-page'
import { FiguresPage } from '~/features/mentoring/figures/components/figures-page'
import { LISTS } from '~/features/mentoring/figures/figures'
import { RoundPage } from '~/features/mentoring/rounds/components/round-page'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { drawRound } from '~/features/mentoring/rounds/rounds.server'
import { MatchPage } from '~/features/mentoring/together/components/match-page'
import { giveFeedback } from '~/features/mentoring/together/feedback.server'
import { addGoal, readGoals } from '~/features/mentoring/together/goals.server'
import { lookAgain } from '~/features/mentoring/together/matches.server'
import { addNote, removeNote } from '~/features/mentoring/together/notes.server'
import { waitingForHer } from '~/features/mentoring/waiting.server'
import { report } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { belongings } from '~/routes/belongings.server'
import * as figures from '~/routes/coordination/mentoring'
import * as file from '~/routes/coordination/mentoring-csv'
import * as round from '~/routes/coordination/round'
import * as matchRoute from '~/routes/mentoring/match'
import * as overview from '~/routes/mentoring/overview'
import { subjects } from '~/routes/subjects.server'
import { aMessage } from '../../factories/chat'
import { aMatchRow, aMeeting, rowOf } from '../../factories/matches'
import { aMember, aMemberWithToken } from '../../factories/members'
import { act, aMatch, aMentor, asked } from '../../factories/mentoring'
import { codeOf } from '../../factories/outcomes'
import { open } from '../../factories/requests'
import { aCoordinator, aWaitingMember } from '../../factories/rounds'

/** Her account goes, as `leave` does it; `meanwhile` is done while it is going. */
const leaves = (member: Actor, words: 'keep' | 'remove' = 'keep', meanwhile = async () => {}) =>
	db.transaction(async (tx) => {
		for (const one of belongings) await one.leave?.(tx, member.id, words, () => {})
		await meanwhile()
		await tx.delete(members).where(eq(members.id, member.id))
	})

const html = (element: ReactElement, locale = 'en') =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{element}</I18nextProvider>)

async function pageOf(match: string, token: string, locale = 'en') {
	const answer = await open(matchRoute.loader, `/mentoring/${match}`, { token, params: { match } })
	return html(<MatchPage {...(answer.body as Parameters<typeof MatchPage>[0])} />, locale)
}

async function overviewOf(token: string) {
	const answer = await open(overview.loader, '/mentoring', { token })
	return html(<OverviewPage {...(answer.body as Parameters<typeof OverviewPage>[0])} />)
}

const copyOf = async (member: Pick<Actor, 'id'>) => {
	const parts = []
	for (const one of belongings) parts.push(...(await one.collect(db, member.id)))
	return JSON.stringify(parts)
}

const note = (by: Actor, match: string, words: string, shared?: 'yes') =>
	addNote(by, { match, key: randomUUID(), words, language: 'en', shared })

async function goal(by: Actor, match: string, words: string, of = '') {
	await addGoal(by, { match, key: randomUUID(), words, language: 'en', goal: of })
	const [row] = await db
		.select({ id: mentoringGoals.id })
		.from(mentoringGoals)
		.where(eq(mentoringGoals.body, words))
	return row!.id
}

/** A mentoring with everything the two can have together. */
async function aFullMatch() {
	const { actor: her, token } = await aMemberWithToken()
	const mentor = await aMentor()
	const match = await aMatch(her, mentor)
	await note(her, match, 'my own note')
	await note(her, match, 'my note for both', 'yes')
	await note(mentor, match, 'the mentor’s own note')
	await note(mentor, match, 'the mentor’s note for both', 'yes')
	const mine = await goal(her, match, 'my goal')
	await goal(her, match, 'my step', mine)
	await goal(mentor, match, 'the mentor’s step', mine)
	const theirs = await goal(mentor, match, 'the mentor’s goal')
	await goal(her, match, 'my step to it', theirs)
	await goal(mentor, match, 'the mentor’s goal alone')
	await aMeeting(her, mentor, match)
	const room = (await rowOf(match)).roomId!
	await aMessage(her, room, 'what I said')
	await aMessage(mentor, room, 'what she said')
	return { her, token, mentor, match, room }
}

const HERS = ['my own note', 'my note for both', 'my goal', 'my step', 'my step to it']
const OF_THE_MENTOR = [
	'the mentor’s note for both',
	'the mentor’s step',
	'the mentor’s goal',
	'the mentor’s goal alone',
]

describe('a mentor leaves', () => {
	test.each(['keep', 'remove'] as const)(
		'her mentee’s page and copy hold all that is hers; the mentor’s words: %s',
		async (words) => {
			const { her, token, mentor, match } = await aFullMatch()
			await leaves(mentor, words)
			expect(await rowOf(match)).toMatchObject({ status: 'ended', mentorId: null })
			const page = await pageOf(match, token)
			const copy = await copyOf(her)
			for (const text of HERS) {
				expect(page).toContain(text)
				expect(copy).toContain(text)
			}
			for (const text of OF_THE_MENTOR) {
				// Nothing else on the page is like it.
				expect(page.includes(`>${text}<`)).toBe(words === 'keep')
				expect(copy).not.toContain(text)
			}
			expect(page).not.toContain('the mentor’s own note')
			expect(await db.$count(mentoringNotes)).toBe(words === 'keep' ? 3 : 2)
			expect(await db.$count(mentoringMeetings)).toBe(1)
			expect(copy).toContain('"minutes":30')
		},
	)

	test('her goal that the mentee has taken a step to stays as a shell, and no other', async () => {
		const { mentor, match, token } = await aFullMatch()
		await leaves(mentor, 'remove')
		expect(
			(await readGoals(match)).map(({ words, steps }) => [words, steps.map((step) => step.words)]),
		).toEqual([
			['my goal', ['my step']],
			['', ['my step to it']],
		])
		const goals = (await pageOf(match, token)).split('id="goals"')[1]!
		expect(goals).toContain('Former member')
	})

	test('she is a former member on every page, with no way to block or report her', async () => {
		const { token, mentor, match } = await aFullMatch()
		await leaves(mentor)
		for (const locale of UI_LOCALES) {
			const page = await pageOf(match, token, locale)
			expect(page).toContain(i18nFor(locale).t('mentoring:formerMember'))
			expect(page).not.toMatch(/href="\/(report|me\/blocked)/)
			expect(page).not.toContain(mentor.handle)
		}
		const list = await overviewOf(token)
		expect(list).toContain('Former member')
		expect(list).toContain(`/mentoring/${match}`)
	})

	test('what is over can still be remembered, and nothing in it begins again', async () => {
		const { her, mentor, match, token } = await aFullMatch()
		await leaves(mentor)
		const [own] = await db.select().from(mentoringNotes).where(eq(mentoringNotes.body, 'my own note'))
		expect(await codeOf(() => removeNote(her, { match, note: own!.id }))).toBe('ok')
		expect(await codeOf(() => giveFeedback(her, { match, mood: 'good' }))).toBe('ok')
		expect(await codeOf(() => lookAgain(her, { match }))).toBe('ok')
		expect(await codeOf(() => act(her, match, 'end'))).toBe('ok')
		expect(await codeOf(() => act(her, match, 'pause'))).toBe('conflict')
		expect(await codeOf(() => note(her, match, 'one more'))).toBe('conflict')
		for (const kind of ['mentor-conduct', 'mentee-conduct', 'match'])
			expect(
				await codeOf(() => report({ subjects })(her, { kind, id: match, reason: 'rude', words: '' })),
			).toBe('not-found')
		expect(await pageOf(match, token)).not.toContain('my own note')
	})

	test('the talk can be read as that of any mentoring that has ended', async () => {
		const { her, mentor, room } = await aFullMatch()
		await leaves(mentor)
		expect(await readRoomHead(her, room, 'en')).toMatchObject({ closed: true, alone: true, other: null })
		expect((await listRooms(her, 'en')).own).toMatchObject([{ id: room, other: null }])
		const said = await db.select().from(messages).where(eq(messages.roomId, room)).orderBy(messages.seq)
		expect(said.map(({ body, authorId }) => [body, authorId])).toEqual([
			['what I said', her.id],
			['what she said', null],
		])
	})

	test('nothing open is left of her, and no notice of it', async () => {
		const mentor = await aMentor({ capacity: 4 })
		const [runs, asks, lines, proposed] = [
			await aWaitingMember(),
			await aMember(),
			await aMember(),
			await aMember(),
		]
		await aMatch(runs, mentor)
		const request = await asked(asks, mentor)
		await asked(lines, await aMentor())
		const chosen = await asked(lines, mentor)
		const offer = await aMatchRow(proposed, mentor, { status: 'proposed' })
		await db.insert(notices).values({ memberId: proposed.id, kind: 'mentoring.proposed', subjectId: offer })
		await leaves(mentor)
		const left = await db.select().from(matches)
		expect(
			left
				.filter(({ mentorId }) => mentorId === null)
				.map(({ status }) => status)
				.sort(),
		).toEqual(['declined', 'ended'])
		expect(left.map(({ id }) => id)).not.toContain(chosen)
		expect(left.map(({ id }) => id)).not.toContain(offer)
		expect(await db.$count(notices, inArray(notices.subjectId, [request, offer]))).toBe(0)
		for (const woman of [runs, asks, lines, proposed])
			expect((await waitingForHer(woman, async () => new Set())).running).toEqual([])
	})

	test.each(['declined', 'lapsed', 'withdrawn', 'ended'] as const)(
		'what was %s stays with what she wrote, and goes where that is nothing',
		async (status) => {
			const { actor: her, token } = await aMemberWithToken()
			const mentor = await aMentor()
			const wrote = await aMatchRow(her, mentor, { status, words: 'I would like to learn.' })
			const wroteNothing = await aMatchRow(her, mentor, { status, words: '' })
			await leaves(mentor)
			const left = (await db.select().from(matches)).map(({ id }) => id)
			// A mentoring there was is hers in any case.
			expect(left.sort()).toEqual(status === 'ended' ? [wrote, wroteNothing].sort() : [wrote])
			expect(await copyOf(her)).toContain('I would like to learn.')
			expect(await pageOf(wrote, token)).toContain('I would like to learn.')
			expect(await overviewOf(token)).toContain(`/mentoring/${wrote}`)
		},
	)

	test('a mentee leaves: everything of it goes with her', async () => {
		const { her, mentor, match } = await aFullMatch()
		await leaves(her)
		expect(await db.$count(matches, eq(matches.id, match))).toBe(0)
		expect(await db.$count(mentoringNotes)).toBe(0)
		expect(await copyOf(mentor)).not.toContain('the mentor’s own note')
	})

	test('the database keeps no open match without its mentor, and no note that nobody could read', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		await note(mentor, match, 'for herself')
		const goes = () => db.delete(members).where(eq(members.id, mentor.id))
		const refusedBy = (constraint: string) => expect.objectContaining({ constraint_name: constraint })
		await expect(goes()).rejects.toMatchObject({ cause: refusedBy('matches_former_mentor') })
		await act(her, match, 'end')
		await expect(goes()).rejects.toMatchObject({ cause: refusedBy('mentoring_notes_own') })
		await db.delete(mentoringNotes)
		await goes()
		expect(await rowOf(match)).toMatchObject({ status: 'ended', mentorId: null })
	})
})

describe('coordinators', () => {
	test('every list and its file are there with matches whose mentor has left', async () => {
		const { her, mentor, match } = await aFullMatch()
		await leaves(mentor)
		await giveFeedback(her, { match, mood: 'good' })
		const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		for (const list of LISTS) {
			const answer = await open(figures.loader, `/coordination/mentoring?list=${list}`, { token })
			expect(answer.status).toBe(200)
			const page = html(<FiguresPage {...(answer.body as Parameters<typeof FiguresPage>[0])} />)
			expect(page).toContain('<h1>')
			const csv = await open(file.loader, `/coordination/mentoring/${list}.csv`, { token, params: { list } })
			expect(csv.status).toBe(200)
		}
	})

	async function aRound(publish: boolean) {
		const { actor: coordinator, token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const mentor = await aMentor()
		const woman = await aWaitingMember()
		const { id } = await drawRound(coordinator, { organisation: '' })
		if (publish) await publishRound(coordinator, { round: id })
		return { coordinator, token, mentor, woman, id }
	}
	async function roundPage(id: string, token: string) {
		const path = `/coordination/rounds/${id}?part=unmatched`
		const answer = await open(round.loader, path, { token, params: { round: id } })
		return html(<RoundPage {...(answer.body as Parameters<typeof RoundPage>[0])} />)
	}

	test.each([
		['a draft', false],
		['a published round', true],
	])('in %s the woman stays, and it says that the mentor has left', async (_what, publish) => {
		const { token, mentor, woman, id } = await aRound(publish)
		await leaves(mentor)
		const page = await roundPage(id, token)
		expect(page).toContain(woman.handle)
		expect(page).toContain('The mentor found for her has left.')
		// What she was told of a published one stays true; of a draft she was told nothing.
		expect((await copyOf(woman)).includes('"foundMentor":true')).toBe(publish)
	})

	const pairOf = async (woman: Actor) =>
		(await db.select().from(mentoringRoundPairs).where(eq(mentoringRoundPairs.womanId, woman.id)))[0]
	const WITHOUT = { mentorId: null, why: { kind: 'left' }, leftOut: null }

	test('a round that is published while she leaves goes on without her', async () => {
		const { coordinator, mentor, woman, id } = await aRound(false)
		let publishing: Promise<unknown> = Promise.resolve()
		await leaves(mentor, 'keep', async () => {
			publishing = publishRound(coordinator, { round: id })
			await new Promise((resolve) => setTimeout(resolve, 150))
		})
		await publishing
		expect(await db.$count(matches)).toBe(0)
		expect(await pairOf(woman)).toMatchObject(WITHOUT)
	})

	test('both in the same moment: neither fails, and nothing open is left', async () => {
		for (let turn = 0; turn < 6; turn += 1) {
			const { coordinator, mentor, woman, id } = await aRound(false)
			const publishes = () => publishRound(coordinator, { round: id })
			const outcomes = await Promise.all([codeOf(publishes), codeOf(() => leaves(mentor))])
			expect(outcomes).toEqual(['ok', 'ok'])
			expect(await db.$count(matches)).toBe(0)
			expect(await pairOf(woman)).toMatchObject(WITHOUT)
			await leaves(woman)
		}
	})

	test('who had a mentor that left is drawn like anyone who waits', async () => {
		const [woman, gone] = [await aWaitingMember(), await aMentor()]
		await act(woman, await aMatch(woman, gone), 'end')
		await leaves(gone)
		await db.update(mentoringWishes).set({ waitingSince: new Date() })
		const next = await aMentor()
		const { id } = await drawRound(await aCoordinator(), { organisation: '' })
		const pairs = await db.select().from(mentoringRoundPairs).where(eq(mentoringRoundPairs.roundId, id))
		expect(pairs).toMatchObject([{ womanId: woman.id, mentorId: next.id }])
	})
})
