import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { roomMembers, rooms } from '~/db/schema/chat'
import { members } from '~/db/schema/members'
import { matches, mentorOffers } from '~/db/schema/mentoring'
import { accessRoom, leaveRoom, roomsWith } from '~/features/chat/rooms.server'
import { sendMessage } from '~/features/chat/writing.server'
import { askMentor } from '~/features/mentoring/finding/asks.server'
import { ACTS } from '~/features/mentoring/mentoring.policy'
import { readMentoring } from '~/features/mentoring/overview.server'
import { matchSubject, offerSubject } from '~/features/mentoring/subjects.server'
import { readMatch, readMatchPage } from '~/features/mentoring/together/match-page.server'
import type { Actor } from '~/platform/actor'
import { aMatchAs, type MatchState, rowOf } from '../../factories/matches'
import { aMember, aMemberWithToken } from '../../factories/members'
import { act, aMatch, aMentor, anOffer, aRequest, asked, ROOMS } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open } from '../../factories/requests'

const loadOf = async (mentor: Actor) => {
	const [offer] = await db.select().from(mentorOffers).where(eq(mentorOffers.memberId, mentor.id))
	return offer!.load
}
const statusOf = async (id: string) => {
	const [match] = await db.select().from(matches).where(eq(matches.id, id))
	return match!.status
}
const many = <T>(count: number, make: (at: number) => Promise<T>) =>
	Promise.all(Array.from({ length: count }, (_, at) => make(at)))

describe('asking', () => {
	test('one form is one request, however often and fast it is sent, also when the mentor is full since', async () => {
		const [her, mentor] = [await aMember(), await aMentor({ capacity: 1 })]
		const form = aRequest(mentor, { words: 'أبحث عن عمل', language: 'ar' })
		const sent = await many(6, () => askMentor(her, form))
		expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
		expect(await db.$count(matches)).toBe(1)
		await act(mentor, sent[0]!.id, 'accept')
		expect(await askMentor(her, form)).toMatchObject({ id: sent[0]!.id })
		expect(await readMatch(mentor, sent[0]!.id, roomsWith)).toMatchObject({
			words: 'أبحث عن عمل',
			wordsLang: 'ar',
			wordsDir: 'rtl',
		})
	})

	test('asking the same mentor again is told kindly, until she has answered no', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const first = await asked(her, mentor)
		const again = await many(4, () => faultsOf(() => askMentor(her, aRequest(mentor))))
		for (const outcome of again)
			expect(outcome).toMatchObject({ code: 'conflict', details: { reason: 'open' } })
		await act(mentor, first, 'decline')
		expect(await asked(her, mentor)).not.toBe(first)
	})

	test('of many requests at once three wait, the others are told kindly', async () => {
		const her = await aMember()
		const mentors = await many(6, () => aMentor())
		const outcomes = await many(6, (at) => faultsOf(() => askMentor(her, aRequest(mentors[at]!))))
		expect(outcomes.filter(({ code }) => code === 'ok')).toHaveLength(3)
		const refused = outcomes.filter(({ code }) => code !== 'ok')
		expect(refused.map(({ details }) => details?.reason)).toEqual(['several', 'several', 'several'])
	})

	test('whom she cannot ask', async () => {
		const [her, waiting] = [await aMentor(), await aMember()]
		await anOffer(waiting, { status: 'waiting' })
		const suspended = await aMentor()
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, suspended.id))
		const full = await aMentor({ capacity: 1, load: 1 })
		const outcome = (mentor: { id: string }, change = {}) =>
			faultsOf(() => askMentor(her, aRequest(mentor, change)))
		expect(await outcome(her)).toMatchObject({ code: 'not-found' })
		expect(await outcome(waiting)).toMatchObject({ code: 'not-found' })
		expect(await outcome(suspended)).toMatchObject({ code: 'not-found' })
		expect(await outcome(await aMember())).toMatchObject({ code: 'not-found' })
		expect(await outcome({ id: 'no id' })).toMatchObject({ code: 'not-found' })
		expect(await outcome(full)).toMatchObject({ code: 'conflict', details: { reason: 'full' } })
		expect(await outcome(full, { key: 'no key' })).toMatchObject({ code: 'invalid' })
		expect(await db.$count(matches)).toBe(0)
	})
})

describe('answering and ending', () => {
	test('yes takes a place and opens a room of the two, once', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		const outcomes = await many(5, () => codeOf(() => act(mentor, match, 'accept')))
		expect(outcomes).toEqual(Array(5).fill('ok'))
		expect(await loadOf(mentor)).toBe(1)
		expect(await db.$count(rooms)).toBe(1)
		const people = await db.select({ id: roomMembers.memberId }).from(roomMembers)
		expect(people.map(({ id }) => id).sort()).toEqual([her.id, mentor.id].sort())
		const { roomId } = await readMatch(her, match, roomsWith)
		expect((await accessRoom(db, her, roomId!)).kind).toBe('private')
	})

	test('twenty at once with two places: exactly two', async () => {
		const mentor = await aMentor({ capacity: 2 })
		const requests = await many(20, async () => aMatchAs('asked', await aMember(), mentor))
		const outcomes = await many(20, (at) => faultsOf(() => act(mentor, requests[at]!, 'accept')))
		expect(outcomes.filter(({ code }) => code === 'ok')).toHaveLength(2)
		expect(outcomes.filter(({ details }) => details?.reason === 'full')).toHaveLength(18)
		expect(await loadOf(mentor)).toBe(2)
		expect(await db.$count(matches, eq(matches.status, 'accepted'))).toBe(2)
		expect(await db.$count(rooms)).toBe(2)
	})

	test('when the room cannot be opened nothing has happened', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		const broken = { ...ROOMS, open: () => Promise.reject(new Error('no room')) }
		await expect(act(mentor, match, 'accept', broken)).rejects.toThrow('no room')
		expect([await statusOf(match), await loadOf(mentor)]).toEqual(['asked', 0])
	})

	test('yes and taking back at once: one of them', async () => {
		const mentor = await aMentor({ capacity: 5 })
		for (let round = 0; round < 5; round += 1) {
			const her = await aMember()
			const match = await asked(her, mentor)
			const outcomes = await Promise.all([
				codeOf(() => act(mentor, match, 'accept')),
				codeOf(() => act(her, match, 'withdraw')),
			])
			expect(outcomes.toSorted()).toEqual(['conflict', 'ok'])
			const accepted = (await statusOf(match)) === 'accepted'
			expect(outcomes[0] === 'ok').toBe(accepted)
			if (accepted) await act(mentor, match, 'end')
		}
		expect(await loadOf(mentor)).toBe(0)
	})

	test.each(['mentee', 'mentor'] as const)(
		'the %s ends it: the place is free, the room is closed, nothing else is told',
		async (who) => {
			const [her, mentor] = [await aMember(), await aMentor({ capacity: 1 })]
			const match = await aMatch(her, mentor)
			const [one, two] = who === 'mentee' ? [her, mentor] : [mentor, her]
			const { roomId } = await readMatch(one, match, roomsWith)
			await Promise.all([act(one, match, 'end'), act(one, match, 'end')])
			expect(await codeOf(() => act(two, match, 'end'))).toBe('ok')
			expect(await loadOf(mentor)).toBe(0)
			expect(await readMatch(one, match, roomsWith)).toMatchObject({
				status: 'ended',
				endedByHer: true,
				acts: [],
			})
			expect(await readMatch(two, match, roomsWith)).toMatchObject({
				status: 'ended',
				endedByHer: false,
				acts: [],
			})
			const say = () => sendMessage(two, { room: roomId, key: crypto.randomUUID(), body: 'still there?' })
			expect(await codeOf(say)).toBe('forbidden')
			expect((await accessRoom(db, two, roomId!)).closed).toBe(true)
			expect(await asked(her, mentor)).not.toBe(match)
		},
	)

	test('a woman who has left the room is not sent to it, and can still end the mentoring', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		const { roomId } = await readMatch(her, match, roomsWith)
		await leaveRoom(her, { room: roomId })
		expect(await readMatch(her, match, roomsWith)).toMatchObject({
			roomId: null,
			acts: ['settle', 'pause', 'end'],
		})
		expect((await readMentoring(her, roomsWith)).running).toMatchObject([{ id: match, roomId: null }])
		expect((await readMatch(mentor, match, roomsWith)).roomId).toBe(roomId)
		expect(await codeOf(() => act(her, match, 'end'))).toBe('ok')
	})

	test('a mentor who was paused cannot take anyone on, but can say no', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		expect((await readMatch(mentor, match, roomsWith)).whyNotAccept).toBeUndefined()
		await db.update(mentorOffers).set({ load: 2 })
		expect(await readMatch(mentor, match, roomsWith)).toMatchObject({ whyNotAccept: 'full' })
		expect((await readMatch(her, match, roomsWith)).whyNotAccept).toBeUndefined()
		await db.update(mentorOffers).set({ status: 'paused' })
		expect(await readMatch(mentor, match, roomsWith)).toMatchObject({ whyNotAccept: 'paused' })
		expect(await codeOf(() => act(mentor, match, 'accept'))).toBe('conflict')
		expect(await codeOf(() => act(mentor, match, 'decline'))).toBe('ok')
	})

	test('the place comes back when the woman’s account goes', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		await aMatch(her, mentor)
		await asked(await aMember(), mentor)
		await db.delete(members).where(eq(members.id, her.id))
		expect(await loadOf(mentor)).toBe(0)
	})
})

describe('what is refused', () => {
	/** In the order of ACTS: o ok, f forbidden, c conflict, n not there. */
	const expected: Record<MatchState, { mentee: string; mentor: string }> = {
		chosen: { mentee: 'nnnnnnnnn', mentor: 'nnnnnnnnn' },
		asked: { mentee: 'cfcfocccc', mentor: 'cocoffccc' },
		proposed: { mentee: 'ofofccccc', mentor: 'ococffccc' },
		accepted: { mentee: 'ofcfcoooo', mentor: 'ooccffooo' },
		settled: { mentee: 'ofcfcoooo', mentor: 'ooccffooo' },
		paused: { mentee: 'ofcfccooo', mentor: 'ooccffcoo' },
		declined: { mentee: 'cfofccccc', mentor: 'ccooffccc' },
		lapsed: { mentee: 'cfcfccccc', mentor: 'ccccffccc' },
		withdrawn: { mentee: 'cfcfocccc', mentor: 'ccccffccc' },
		ended: { mentee: 'cfcfcccco', mentor: 'ccccffcco' },
	}
	const states = Object.keys(expected) as MatchState[]
	const LETTER: Record<string, string> = { ok: 'o', forbidden: 'f', conflict: 'c', 'not-found': 'n' }

	/** What becomes of each act, each on a match of its own. */
	async function outcomesFor(state: MatchState, who: (two: { mentee: Actor; mentor: Actor }) => Actor) {
		const two = { mentee: await aMember(), mentor: await aMentor({ capacity: 5 }) }
		let letters = ''
		for (const intent of ACTS) {
			const match = await aMatchAs(state, two.mentee, two.mentor)
			const before = await rowOf(match)
			const code = await codeOf(() => act(who(two), match, intent))
			if (code !== 'ok') expect(await rowOf(match)).toEqual(before)
			letters += LETTER[code] ?? code
			await db.delete(matches)
			await db.update(mentorOffers).set({ load: 0 })
		}
		return letters
	}

	test.each(states)('each act of each of the two on a match that is %s', async (state) => {
		expect(await outcomesFor(state, ({ mentee }) => mentee)).toBe(expected[state].mentee)
		expect(await outcomesFor(state, ({ mentor }) => mentor)).toBe(expected[state].mentor)
	})

	test.each(states)('nobody else can read or do anything with a match that is %s', async (state) => {
		const strangers = [
			await aMember(),
			await aMentor(),
			await aMember({ roles: [{ role: 'moderator' }] }),
			await aMember({ roles: [{ role: 'coordinator' }] }),
		]
		const match = await aMatchAs(state, await aMember(), await aMentor())
		for (const actor of strangers) {
			expect(await codeOf(() => readMatch(actor, match, roomsWith))).toBe('not-found')
			expect(await codeOf(() => readMatchPage(actor, match, roomsWith))).toBe('not-found')
			for (const intent of ACTS) expect(await codeOf(() => act(actor, match, intent))).toBe('not-found')
		}
	})

	test.each([['no id'], [crypto.randomUUID()], ['../offer']])('a match that is not there: %s', async (id) => {
		const her = await aMember()
		expect([
			await codeOf(() => readMatch(her, id, roomsWith)),
			await codeOf(() => act(her, id, 'end')),
		]).toEqual(Array(2).fill('not-found'))
		expect(await codeOf(() => act(her, id, 'erase'))).toBe('invalid')
	})

	test('a stranger, a coordinator and nobody get the same page for a match and for none', async () => {
		const { loader } = await import('~/routes/mentoring/match')
		const match = await aMatch(await aMember(), await aMentor())
		const visit = (id: string, token?: string) =>
			open((args) => loader({ ...args, params: { match: id } }), `/mentoring/${id}`, { token })
		for (const roles of [[], [{ role: 'coordinator' as const }], [{ role: 'moderator' as const }]]) {
			const { token } = await aMemberWithToken({ roles })
			const [there, missing] = [await visit(match, token), await visit(crypto.randomUUID(), token)]
			expect(there.status).toBe(404)
			expect({ ...there, headers: [...there.headers] }).toEqual({ ...missing, headers: [...missing.headers] })
		}
		expect((await visit(match)).status).toBe(303)
	})
})

describe('her page', () => {
	test('shows what is hers, on both sides, and nothing of others', async () => {
		const her = await aMentor({ capacity: 3 })
		const [first, second, third] = [await aMember(), await aMember(), await aMember()]
		const toAnswer = await asked(first, her)
		const running = await aMatch(second, her)
		const past = await aMatch(third, her)
		await act(third, past, 'end')
		const [mentor, other] = [await aMentor(), await aMentor()]
		const declined = await asked(her, other)
		await act(other, declined, 'decline')
		const mine = await asked(her, mentor)
		await aMatch(await aMember(), mentor)
		const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
		const queries = vi.spyOn(pool, 'unsafe')
		const shown = await readMentoring(her, roomsWith)
		expect(queries).toHaveBeenCalledTimes(6)
		expect(ids(shown.toAnswer)).toEqual([toAnswer])
		expect(ids(shown.running)).toEqual([running])
		expect(ids(shown.requests)).toEqual([declined])
		expect(ids(shown.line)).toEqual([mine])
		expect(ids(shown.past)).toEqual([past])
		expect(shown.past[0]?.endedByHer).toBe(false)
		expect(shown.offer).toMatchObject({ status: 'vetted' })
		const empty = await readMentoring(await aMember(), roomsWith)
		expect(empty).toMatchObject({ toAnswer: [], running: [], requests: [], line: [], past: [], offer: null })
	})

	test('with many requests to answer the longest waiting come first, and those that go on are always there', async () => {
		const her = await aMentor()
		const running = await aMatch(await aMember(), her)
		const waiting = await many(45, async () => (await aMember()).id)
		await db.insert(matches).values(
			waiting.map((menteeId, at) => ({
				menteeId,
				mentorId: her.id,
				key: crypto.randomUUID(),
				needs: [],
				wordsLang: 'en',
				wordsDir: 'ltr' as const,
				askedAt: new Date(Date.UTC(2026, 0, 1, 0, at)),
			})),
		)
		const shown = await readMentoring(her, roomsWith)
		expect(shown.running.map(({ id }) => id)).toEqual([running])
		expect(shown.toAnswer.map(({ otherId }) => otherId)).toEqual(waiting.slice(0, 39))
	})
})

describe('reporting', () => {
	test('the mentor can report what she was written, and once hidden nobody reads it', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await asked(her, mentor)
		const may = async (actor: Actor) => matchSubject.mayReport(db, actor, match)
		expect([await may(mentor), await may(her), await may(await aMember())]).toEqual([true, false, false])
		expect(await matchSubject.find(db, match)).toMatchObject({
			authorId: her.id,
			body: 'I look for work.',
			private: true,
		})
		await matchSubject.hide(db, match, () => {})
		expect([
			(await readMatch(mentor, match, roomsWith)).words,
			(await readMatch(her, match, roomsWith)).words,
		]).toEqual(['', ''])
		expect(await may(mentor)).toBe(false)
		expect(await matchSubject.find(db, match)).toMatchObject({ body: 'I look for work.' })
		await matchSubject.restore(db, match, () => {})
		expect((await readMatch(mentor, match, roomsWith)).words).toBe('I look for work.')
		expect(await matchSubject.find(db, 'no id')).toBeUndefined()
	})

	test('every other member can report what a vetted mentor says about herself', async () => {
		const [mentor, member] = [await aMentor({ words: 'Come to my house.' }), await aMember()]
		const may = (actor: Actor) => offerSubject.mayReport(db, actor, mentor.id)
		expect([await may(member), await may(mentor)]).toEqual([true, false])
		expect(await offerSubject.find(db, mentor.id)).toMatchObject({
			body: 'Come to my house.',
			private: false,
		})
		await offerSubject.hide(db, mentor.id, () => {})
		expect(await may(member)).toBe(false)
		await offerSubject.restore(db, mentor.id, () => {})
		await db.update(mentorOffers).set({ status: 'waiting' })
		expect(await may(member)).toBe(false)
	})
})
