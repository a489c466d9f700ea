import { monitorEventLoopDelay } from 'node:perf_hooks'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { matches, mentoringNoMatch, mentorOffers } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { blocks } from '~/db/schema/ties'
import { nameHash } from '~/features/mentoring/finding/keyed-names.server'
import { drawRound } from '~/features/mentoring/rounds/rounds.server'
import { readRoundMentors, readRoundWomen } from '~/features/mentoring/rounds/rounds-people.server'
import { readRoundTexts } from '~/features/mentoring/rounds/rounds-reading.server'
import { inRoundThread } from '~/features/mentoring/rounds/rounds-thread.server'
import { aMember, anOrganisation } from '../../factories/members'
import { aMentor } from '../../factories/mentoring'
import { aCoordinator, aWaitingMember, belongTo, wishes } from '../../factories/rounds'

/** A round as short as can be: nobody takes part. */
const EMPTY = { women: '[]', mentors: '[]', index: '[]', now: new Date(), seed: 'seed' }

describe('what a round reads at once', () => {
	/** A text of rows as objects, their dates as they are in JSON. */
	const rowsIn = (text: string) =>
		(JSON.parse(text) as Record<string, unknown>[]).map((row) => {
			for (const name of ['waitingSince', 'vettedUntil', 'trainingUntil'])
				if (typeof row[name] === 'string') row[name] = new Date(row[name]).toJSON()
			return row
		})

	const between = (
		woman: { id: string },
		mentor: { id: string },
		fields: Pick<typeof matches.$inferInsert, 'status' | 'place'>,
	) =>
		db.insert(matches).values({
			menteeId: woman.id,
			mentorId: mentor.id,
			key: crypto.randomUUID(),
			needs: [],
			wordsLang: 'en',
			wordsDir: 'ltr',
			...fields,
		})

	async function people() {
		const house = await anOrganisation('House')
		const other = await anOrganisation('Other')
		const mentors = [
			await aMentor({ organisationId: house.id, languages: { ar: 'talk', en: 'well' }, hours: [9, 33] }),
			await aMentor({ organisationId: house.id, trainedAt: null, townHash: 'town' }),
			await aMentor({ organisationId: other.id, helped: ['cv'] }),
		]
		const [first, second, third] = mentors as [(typeof mentors)[0], (typeof mentors)[0], (typeof mentors)[0]]
		await aMentor({ organisationId: house.id, status: 'paused' })
		await db.update(mentorOffers).set({ load: 1 }).where(eq(mentorOffers.memberId, third.id))
		const all = await aWaitingMember({
			hours: [1, 2],
			zone: 'Asia/Kathmandu',
			townHash: 'town',
			how: ['meet'],
		})
		await belongTo(all, house.id)
		for (const status of ['declined', 'ended', 'withdrawn', 'lapsed'] as const)
			await between(all, second, { status })
		await between(all, first, { status: 'declined' })
		for (const [at, mentor] of [third, first].entries())
			await between(all, mentor, { status: 'chosen', place: at + 1 })
		await db.insert(blocks).values([
			{ blockerId: all.id, blockedId: second.id },
			{ blockerId: second.id, blockedId: all.id },
			{ blockerId: third.id, blockedId: all.id },
		])
		await db.insert(mentoringNoMatch).values(
			['B', 'A'].flatMap((name) => [
				{ memberId: all.id, hash: nameHash(name) },
				{ memberId: first.id, hash: nameHash(name) },
			]),
		)
		await belongTo(await aWaitingMember({ languages: [] }), other.id)
		await aWaitingMember({ organisations: [other.id] })
		for (const status of ['asked', 'proposed', 'accepted'] as const)
			await between(await aWaitingMember(), third, { status })
		await aWaitingMember({ inRounds: false })
		await wishes(await aMember(), { waitingSince: null })
		const left = await aWaitingMember()
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, left.id))
		return house
	}

	test('is what is read row by row elsewhere, column by column', async () => {
		const house = await people()
		for (const scope of [null, [house.id], []]) {
			const texts = await readRoundTexts(db, scope)
			const women = await readRoundWomen(db, scope)
			const mentors = await readRoundMentors(db, scope)
			// As texts: the hash of a round is made of them, so that the order of the columns counts.
			expect(JSON.stringify(rowsIn(texts.women))).toBe(JSON.stringify(women))
			expect(JSON.stringify(rowsIn(texts.mentors))).toBe(JSON.stringify(mentors))
			if (scope === null) expect([women.length, mentors.length]).toEqual([3, 3])
		}
	})
})

describe('the thread of the rounds', () => {
	/** Thousands of people, made by the database. */
	async function aTown({ women, mentors }: { women: number; mentors: number }) {
		await db.execute(sql`
			insert into members (handle, skeleton, passphrase_hash, status, speaks, rules_version, age_confirmed_at)
			select 'Person ' || n, 'person ' || n, 'none', 'active', '{}', '1', now()
			from generate_series(1, ${women + mentors}::int) n`)
		await db.execute(sql`
			insert into mentor_offers (member_id, languages, language_tags, needs, hours, words_lang, words_dir, capacity, status,
				trained_at, valid_until)
			select id, '{"ar":"well"}', '{ar}', '{cv,doctor}', '{8,9,10}', 'en', 'ltr', 3, 'vetted', now(), now() + interval '1 month'
			from members where handle like 'Person %' order by joined_at, id limit ${mentors}::int`)
		await db.execute(sql`
			insert into mentoring_wishes (member_id, languages, needs, hours, words_lang, words_dir, in_rounds, waiting_since)
			select m.id, '{ar}', '{doctor}', '{9,10,11}', 'en', 'ltr', true, now() - interval '3 days'
			from members m where handle like 'Person %' and not exists (select 1 from mentor_offers o where o.member_id = m.id)`)
	}

	test('holds up nobody else while it draws over thousands', async () => {
		const coordinator = await aCoordinator()
		await aTown({ women: 3_000, mentors: 400 })
		await inRoundThread('draw', EMPTY)
		const delay = monitorEventLoopDelay({ resolution: 5 })
		delay.enable()
		await drawRound(coordinator, { organisation: '' })
		delay.disable()
		expect(await db.$count(mentoringRoundPairs)).toBe(3_000)
		expect(delay.max / 1e6).toBeLessThan(300)
	}, 60_000)

	test('answers each of several at once, one after the other', async () => {
		const answers = await Promise.all([
			inRoundThread('draw', EMPTY),
			inRoundThread('oneMore', EMPTY, 'en'),
			inRoundThread('whyNot', EMPTY, 'her', 'mentor'),
		])
		expect(answers).toMatchObject([
			{ women: 0, rows: '[]' },
			{ matched: 0, better: 0 },
			{ answer: { kind: 'unknown' } },
		])
	})

	test('a fault ends it, is told to all who wait, and the next round has a new one', async () => {
		const faulty = inRoundThread('draw', { ...EMPTY, women: 'no JSON' })
		const behind = inRoundThread('draw', EMPTY)
		await expect(faulty).rejects.toThrow('JSON')
		await expect(behind).rejects.toThrow('JSON')
		expect(await inRoundThread('draw', EMPTY)).toMatchObject({ women: 0 })
	})
})
