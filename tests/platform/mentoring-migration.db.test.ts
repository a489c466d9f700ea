import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createDatabase, dropDatabase } from '../../scripts/postgres.mjs'

const adminUrl = inject('adminUrl')
const name = `mimosa_mentoring_${process.pid}`
const url = new URL(inject('appUrl'))
url.pathname = `/${name}`
let sql: postgres.Sql

const { entries } = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8')) as {
	entries: { tag: string }[]
}

/** As drizzle's migrator does it: all in one transaction. */
const migrate = (from: number, to: number) =>
	sql.begin(async (tx) => {
		for (const { tag } of entries.slice(from, to)) {
			const statements = readFileSync(`drizzle/${tag}.sql`, 'utf8').split('--> statement-breakpoint')
			for (const statement of statements) await tx.unsafe(statement)
		}
	})

beforeAll(async () => {
	await createDatabase(adminUrl, name)
	sql = postgres(url.href, { max: 1, onnotice: () => {} })
})

afterAll(async () => {
	await sql.end({ timeout: 5 })
	await dropDatabase(adminUrl, name)
})

test('mentoring as it was before needs, training and lines goes on', async () => {
	await migrate(0, 6)
	const [mentee, ...mentors] = await sql<{ id: string }[]>`
		insert into members (handle, skeleton, passphrase_hash, rules_version)
		select 'm' || n, 'm' || n, 'x', '1' from generate_series(1, 5) n returning id`
	for (const [at, { id }] of mentors.entries()) {
		await sql`
			insert into mentor_offers (member_id, languages, language_tags, needs, words_lang, words_dir, capacity, status, vetted_at)
			values (${id}, '{"ar":"well"}', '{ar}', '{work,daily}', 'ar', 'rtl', 2,
				${at === 3 ? 'waiting' : at === 2 ? 'paused' : 'vetted'}, ${at === 3 ? null : '2025-01-01T00:00:00Z'})`
		await sql`
			insert into matches (mentee_id, mentor_id, key, status, needs, words_lang, words_dir, asked_at, answered_at)
			values (${mentee!.id}, ${id}, gen_random_uuid(), ${at === 3 ? 'accepted' : 'asked'}, '{housing}', 'ar', 'rtl',
				now() - make_interval(days => ${10 - at}), ${at === 3 ? '2026-01-01T00:00:00Z' : null})`
	}

	await migrate(6, 7)

	const offers = await sql`
		select o.status, paused_by, trained_at is not null as trained, coalesce(valid_until > now(), false) as valid,
			needs = '{jobSearch,cv,interview,workContract,ownBusiness,skills,bank,transport,money,meetPeople}' as expanded
		from mentor_offers o join members m on m.id = o.member_id order by m.handle`
	expect([...offers]).toEqual([
		{ status: 'vetted', paused_by: null, trained: true, valid: true, expanded: true },
		{ status: 'vetted', paused_by: null, trained: true, valid: true, expanded: true },
		{ status: 'paused', paused_by: 'coordinator', trained: true, valid: true, expanded: true },
		{ status: 'waiting', paused_by: null, trained: false, valid: false, expanded: true },
	])
	const line = await sql`
		select x.status, place, settled_at is not null as settled, asked_at > now() - interval '1 hour' as in_time, x.needs
		from matches x join members m on m.id = x.mentor_id order by m.handle`
	const needs = ['findHome', 'rentContract', 'bills', 'safeHome']
	expect([...line]).toEqual([
		{ status: 'asked', place: null, settled: false, in_time: true, needs },
		{ status: 'chosen', place: 2, settled: false, in_time: false, needs },
		{ status: 'chosen', place: 3, settled: false, in_time: false, needs },
		{ status: 'accepted', place: null, settled: true, in_time: false, needs },
	])
})

test('whoever had a mentor before mentors could leave loses nothing by it', async () => {
	// With the rows of the test before.
	const [match] = await sql<{ id: string; mentee_id: string; mentor_id: string }[]>`
		select id, mentee_id, mentor_id from matches where status = 'accepted'`
	const { id, mentee_id: mentee, mentor_id: mentor } = match!
	for (const author of [mentee, mentor])
		await sql`
			insert into mentoring_notes (match_id, key, author_id, shared, body, lang, dir)
			values (${id}, gen_random_uuid(), ${author}, true, 'a note', 'en', 'ltr')`
	const [round] = await sql<{ id: string }[]>`
		insert into mentoring_rounds (seed, drawn_at, input_hash) values ('s', now(), 'h') returning id`
	await sql`
		insert into mentoring_round_pairs (round_id, woman_id, mentor_id, place, reasons)
		values (${round!.id}, ${mentee}, ${mentor}, 0, '[]')`
	const counted = async () => {
		const [count] = await sql`
			select (select count(*)::int from matches) as matches, (select count(*)::int from mentoring_notes) as notes,
				(select count(*)::int from mentoring_round_pairs) as pairs`
		return count
	}
	const before = await counted()

	await migrate(7, 8)

	expect(await counted()).toEqual(before)
	const goes = () => sql`delete from members where id = ${mentor}`
	await expect(goes()).rejects.toThrow('matches_former_mentor')
	await sql`update matches set status = 'ended' where id = ${id}`
	await goes()
	expect(await counted()).toEqual(before)
	const [kept] = await sql`select mentor_id from matches where id = ${id}`
	const authors = await sql`select author_id from mentoring_notes order by author_id`
	expect([kept!.mentor_id, ...authors.map(({ author_id }) => author_id)]).toEqual([null, mentee, null])
})
