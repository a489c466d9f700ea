import { eq, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { db } from '~/db/client.server'
import { members, sessions } from '~/db/schema/members'
import { loadExample } from '~/example/load.server'
import { exampleSignIns } from '~/example/sign-ins.server'
import { readTexts } from '~/example/texts.server'
import { spacesWorded } from '~/features/forum/space-worded.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { readWanted } from '~/features/forum/translation/wanted.server'
import { actorOfToken, openSession } from '~/features/members/session.server'
import { organisationsWorded } from '~/features/members/wording/organisations-worded.server'
import { seeWording } from '~/features/members/wording/seeing.server'
import { WORDING_STATES } from '~/features/members/wording/worded'
import { NEEDS } from '~/features/mentoring/needs'
import { pgArray } from '~/platform/text'

/** It takes about four seconds on two free cores; a machine that is busy with other tests may take a multiple of that. */
const LOADED_WITHIN_MS = 60_000

// Late, the assertion is to say so, not the runner.
vi.setConfig({ testTimeout: 4 * LOADED_WITHIN_MS })

const load = (again = false) => loadExample({ again, onProgress: () => {} })

async function rowsOf<Row>(query: ReturnType<typeof sql>) {
	return [...(await db.execute(query))] as Row[]
}
const count = async (query: ReturnType<typeof sql>) => (await rowsOf<{ n: number }>(query))[0]!.n

/** The woman of a role, signed in with both factors. */
async function signInAs(role: string) {
	const { handle } = exampleSignIns((await readTexts()).people).find((one) => one.role === role)!
	const [{ id }] = (await db.select({ id: members.id }).from(members).where(eq(members.handle, handle))) as [
		{ id: string },
	]
	const token = await openSession(db, { memberId: id, device: 'own', kind: 'phone' })
	await db.update(sessions).set({ secondFactorAt: new Date() }).where(eq(sessions.memberId, id))
	return (await actorOfToken(token))!
}

const ROLES = ['member', 'mentor', 'moderator', 'practitioner', 'coordinator']

/** Each names rows that the commands could not have written. */
const NEVER: [string, ReturnType<typeof sql>][] = [
	[
		'a mentor with more or fewer women than she has, or than she has places',
		sql`select count(*)::int as n from mentor_offers o where load > capacity or load <> (select count(*) from matches x
			where x.mentor_id = o.member_id and x.status = 'accepted')`,
	],
	[
		'a mentor who was approved without training, the code, or anyone who speaks for her',
		sql`select count(*)::int as n from mentor_offers where (status <> 'waiting') <> (trained_at is not null
			and code_version is not null and reference <> '' and valid_until is not null)`,
	],
	[
		'a role of mentor that her offer does not give',
		sql`select count(*)::int as n from mentor_offers o where (load > 0 or (status = 'vetted' and valid_until > now()))
			<> exists (select 1 from grants g where g.member_id = o.member_id and g.role = 'mentor' and g.ended_at is null)`,
	],
	[
		'a training that is not all its lessons',
		sql`select count(*)::int as n from mentor_offers o where (trained_at is not null) <> ((select count(*) from mentor_lessons l
			where l.member_id = o.member_id and l.passed_at <= o.trained_at) = 6)`,
	],
	[
		'a request to a mentor who knows no language of hers',
		sql`select count(*)::int as n from matches x join members w on w.id = x.mentee_id join mentor_offers o on o.member_id = x.mentor_id
			where not w.speaks && o.language_tags`,
	],
	[
		'who waits though a mentor is with her',
		sql`select count(*)::int as n from mentoring_wishes w where waiting_since is not null and exists (
			select 1 from matches x where x.mentee_id = w.member_id and x.status = 'accepted')`,
	],
	[
		'needs that are none',
		sql`select count(*)::int as n from (select unnest(needs) as need from matches union select unnest(needs) from mentor_offers
			union select unnest(needs) from mentoring_wishes) u where not need = any(${pgArray([...NEEDS])}::text[])`,
	],
	[
		'a count of thanks that is not the number of thanks',
		sql`select count(*)::int as n from posts where thanks <> (select count(*) from post_thanks t where t.post_id = posts.id)`,
	],
	[
		'thanks for her own post',
		sql`select count(*)::int as n from post_thanks t join posts p on p.id = t.post_id where p.author_id = t.member_id`,
	],
	[
		'thanks for a translation that are not counted, or her own',
		sql`select count(*)::int as n from translations tr where thanks <> (select count(*) from translation_thanks t
			where t.translation_id = tr.id and t.member_id is distinct from tr.author_id)`,
	],
	[
		'posts counted that cannot be read',
		sql`select count(*)::int as n from topics where visible_posts <> (select count(*) from posts p
			where p.topic_id = topics.id and p.deleted_at is null) or (merged_into is null and post_seq <> (select count(*) from posts p where p.topic_id = topics.id))`,
	],
	[
		'languages of a question other than its own and its translations',
		sql`select count(*)::int as n from topics where langs <> array[topics.lang] || array(select distinct t.lang
			from posts p join translations t on t.post_id = p.id where p.topic_id = topics.id and p.seq = 1 order by t.lang)`,
	],
	[
		'a question without a translated title, or an answer with one',
		sql`select count(*)::int as n from translations t join posts p on p.id = t.post_id where (p.seq = 1) <> (t.title is not null)`,
	],
	[
		'a translation by someone who does not speak both languages',
		sql`select count(*)::int as n from translations t join posts p on p.id = t.post_id join members m on m.id = t.author_id
			where p.lang = t.lang or not t.lang = any(m.speaks) or not p.lang = any(m.speaks || m.reads)`,
	],
	[
		'her own words under an alias translated under her handle',
		sql`select count(*)::int as n from translations t join posts p on p.id = t.post_id where p.aliased and p.author_id = t.author_id`,
	],
	[
		'a wish for what can be read already',
		sql`select count(*)::int as n from translation_requests r join posts p on p.id = r.post_id where p.lang = r.lang
			or exists (select 1 from translations t where t.post_id = r.post_id and t.lang = r.lang)`,
	],
	[
		'an alias where none may be used, or a post of its asker under her handle',
		sql`select count(*)::int as n from topics t join spaces s on s.id = t.space_id join posts p on p.topic_id = t.id
			where (t.alias is not null and not s.alias_allowed)
				or p.aliased <> (t.alias is not null and p.author_id = t.author_id)`,
	],
	[
		'an answer from another topic',
		sql`select count(*)::int as n from topics t join posts p on p.id = t.answered_by
			where p.topic_id <> t.id or p.seq = 1 or p.deleted_at is not null or t.answered_at < p.created_at`,
	],
	[
		'a reply to a post of another topic or to a later one',
		sql`select count(*)::int as n from posts p join posts r on r.id = p.reply_to where r.topic_id <> p.topic_id or r.seq >= p.seq`,
	],
	[
		'a version that is not counted, or an edit without the version before it',
		sql`select count(*)::int as n from posts where version <> 1 + (select count(*) from post_versions v where v.post_id = posts.id)
			or meaning_version > version or (version > 1) <> (edited_at is not null)`,
	],
	[
		'more than one pinned topic in a space',
		sql`select count(*)::int as n from (select space_id from topics where pinned_at is not null group by space_id having count(*) > 1) many`,
	],
	[
		'words left in a deleted post',
		sql`select count(*)::int as n from posts where deleted_at is not null and body <> ''`,
	],
	[
		'someone who read more than there is',
		sql`select count(*)::int as n from topic_readers r join topics t on t.id = r.topic_id where r.read_seq > t.post_seq`,
	],
	[
		'an author who does not follow what she wrote in',
		sql`select count(*)::int as n from posts p where not exists (select 1 from topic_readers r
			where r.topic_id = p.topic_id and r.member_id = p.author_id and r.follows)`,
	],
	[
		'something from the future',
		sql`select (select count(*) from posts where greatest(created_at, edited_at, deleted_at) > now())::int
			+ (select count(*) from translations where published_at > now())::int
			+ (select count(*) from translation_requests where at > now())::int
			+ (select count(*) from topics where greatest(last_post_at, answered_at, locked_at, pinned_at) > now())::int
			+ (select count(*) from notices where at > now())::int as n`,
	],
]

async function expectNothingImpossible() {
	for (const [what, query] of NEVER) expect(await count(query), what).toBe(0)
}

async function expectNobodyFromOutside() {
	const outside = await rowsOf(sql`
		with said as (
			select p.topic_id, p.author_id as member_id from posts p
			union select p.topic_id, t.member_id from post_thanks t join posts p on p.id = t.post_id
			union select p.topic_id, t.author_id from translations t join posts p on p.id = t.post_id
			union select p.topic_id, t.member_id from translation_requests t join posts p on p.id = t.post_id
			union select p.topic_id, t.member_id from translation_claims t join posts p on p.id = t.post_id
			union select topic_id, member_id from topic_readers)
		select s.names, m.handle from said
		join topics t on t.id = said.topic_id join spaces s on s.id = t.space_id join members m on m.id = said.member_id
		where not (s.access = 'everyone'
			or (s.access = 'organisation' and (
				exists (select 1 from organisation_members o where o.organisation_id = s.organisation_id and o.member_id = m.id)
				or exists (select 1 from grants g where g.organisation_id = s.organisation_id and g.member_id = m.id)))
			or (s.access = 'practitioners' and exists (select 1 from grants g where g.member_id = m.id and g.role in ('practitioner', 'lead')))
			or (s.access = 'invited' and exists (select 1 from space_members i
				where i.space_id = s.id and i.member_id = m.id and i.accepted_at is not null))
			or exists (select 1 from grants g where g.member_id = m.id and g.role = 'moderator'))`)
	expect(outside).toEqual([])
}

const OPEN = [
	'Work and courses',
	'Papers and offices',
	'Children and school',
	'Learning the language',
	'A home',
	'Together',
]

async function expectTheirSpaces() {
	const seen = new Map<string, string[]>()
	for (const role of ROLES) {
		const spaces = (await readSpaces(await signInAs(role), 'en')).spaces
		seen.set(
			role,
			spaces.map(({ name }) => name.text),
		)
	}
	expect(Object.fromEntries(seen)).toEqual({
		member: [...OPEN, 'Our centre', 'Learning circle'],
		mentor: OPEN,
		moderator: [...OPEN, 'Exchange of practice', 'Our centre', 'Learning circle'],
		practitioner: [...OPEN, 'Exchange of practice', 'Our centre'],
		coordinator: OPEN,
	})
}

/** Of spaces and organisations alone: what the example shows on the screen of the community's own texts. */
async function expectTextsInEveryState() {
	const ada = await signInAs('coordinator')
	const { languages } = await seeWording([spacesWorded, organisationsWorded], ada, 'en', null)
	for (const state of WORDING_STATES)
		expect(languages.filter(({ counts }) => counts[state] > 0).map(({ tag }) => tag)).not.toEqual([])
}

/** How many of what is hers, by kind. */
const hersOf = async (id: string) =>
	(
		await rowsOf<Record<string, number>>(sql`select
			(select count(*)::int from topics where author_id = ${id}) as asked,
			(select count(*)::int from topic_readers where member_id = ${id} and follows) as followed,
			(select count(*)::int from topic_readers r join topics t on t.id = r.topic_id
				where r.member_id = ${id} and r.follows and r.read_seq < t.post_seq) as unread,
			(select count(*)::int from space_followers where member_id = ${id}) as spaces,
			(select count(*)::int from notices where member_id = ${id} and read_at is null) as notices`)
	)[0]!

async function expectSomethingOfHers() {
	for (const role of ROLES) {
		const { id } = await signInAs(role)
		for (const [what, number] of Object.entries(await hersOf(id)))
			expect(number, `${role}: ${what}`).toBeGreaterThan(0)
	}
	const kinds = await rowsOf<{ kind: string }>(sql`select distinct kind from notices order by kind`)
	expect(kinds.map(({ kind }) => kind)).toEqual([
		'circle.invited',
		'mentoring.asked',
		'mentoring.proposed',
		'space.invited',
		'space.topic',
		'topic.answered',
		'topic.mention',
		'topic.reply',
		'translation.published',
	])
	expect(await count(sql`select count(*)::int as n from drafts`)).toBeGreaterThan(0)
}

async function expectSomethingToTranslate() {
	for (const role of ['member', 'mentor']) {
		const { wanted, hers } = await readWanted(await signInAs(role), 'en', null)
		expect(wanted.length, role).toBeGreaterThan(5)
		expect(hers, role).toHaveLength(1)
	}
}

async function expectEverything() {
	const [found] = await rowsOf<Record<string, number>>(sql`select
		(select count(*)::int from translations) as translations,
		(select count(distinct lang)::int from translations) as "translatedInto",
		(select count(*)::int from translations where of_version < (select meaning_version from posts where id = post_id)) as outdated,
		(select count(distinct (post_id, lang))::int from translation_requests) as wishes,
		(select count(*)::int from posts where note is not null) as folded,
		(select count(*)::int from topics where alias is not null) as aliases,
		(select count(*)::int from topics where answered_at is not null) as answered,
		(select count(*)::int from topics where answered_at is not null and answered_by is null) as "answeredByNone",
		(select count(*)::int from topics where pinned_at is not null) as pinned,
		(select count(*)::int from topics where locked_at is not null) as locked,
		(select count(*)::int from topic_events where kind = 'moved' and from_space_id is not null) as moved,
		(select count(*)::int from topics m join topic_events e on e.other_topic_id = m.id and e.topic_id = m.merged_into) as merged,
		(select count(*)::int from post_versions) as edits,
		(select count(*)::int from posts where deleted_at is not null) as deleted,
		(select count(*)::int from post_thanks) as thanks`)
	const least = {
		translations: 25,
		translatedInto: 6,
		outdated: 1,
		wishes: 20,
		folded: 4,
		aliases: 3,
		answered: 10,
		answeredByNone: 1,
		pinned: 3,
		locked: 2,
		moved: 2,
		merged: 1,
		edits: 3,
		deleted: 1,
		thanks: 50,
	}
	for (const [what, atLeast] of Object.entries(least))
		expect(found![what], what).toBeGreaterThanOrEqual(atLeast)
}

/** Each state of mentoring that someone can meet, and how many of it there are at least. */
async function expectMentoringInEveryState() {
	const states = await rowsOf<{ status: string; n: number }>(
		sql`select status, count(*)::int as n from matches group by status order by status`,
	)
	expect(states.map(({ status }) => status)).toEqual([
		'accepted',
		'asked',
		'chosen',
		'declined',
		'ended',
		'lapsed',
		'proposed',
		'withdrawn',
	])
	const [found] = await rowsOf<Record<string, number>>(sql`select
		(select count(*)::int from mentoring_wishes w where waiting_since is not null and in_rounds and not exists (
			select 1 from matches x where x.mentee_id = w.member_id and x.status in ('asked', 'proposed', 'accepted'))) as waiting,
		(select count(*)::int from matches where status = 'accepted' and settled_at is null) as "first talks",
		(select count(*)::int from matches where paused_at is not null) as paused,
		(select count(*)::int from mentoring_meetings where status = 'agreed' and starts_at > now()) as meetings,
		(select count(*)::int from mentoring_meetings where status = 'proposed') as "proposed times",
		(select count(*)::int from mentoring_goals where goal_id is not null and done_at is not null) as "steps done",
		(select count(*)::int from mentoring_notes where shared) as "shared notes",
		(select count(*)::int from mentoring_notes where not shared) as "own notes",
		(select count(*)::int from mentoring_interpreters where ended_at is null) as interpreters,
		(select count(*)::int from mentoring_feedback) as feedback,
		(select count(*)::int from mentoring_rounds where status = 'published') as rounds,
		(select count(*)::int from mentoring_round_pairs where mentor_id is null) as unmatched,
		(select count(*)::int from mentor_offers where status = 'vetted'
			and valid_until between now() and now() + interval '30 days') as "approvals that end",
		(select count(*)::int from mentor_offers where status = 'vetted' and valid_until < now() and load > 0) as "approvals over",
		(select count(*)::int from mentor_offers where paused_by = 'lapses') as "paused by lapses",
		(select count(*)::int from mentor_offers where paused_by = 'herself') as "paused by herself",
		(select count(*)::int from mentor_offers where status = 'waiting' and trained_at is null) as untrained,
		(select count(*)::int from mentor_offers where status = 'waiting' and trained_at is not null) as "waiting for a coordinator"`)
	expect(found!.waiting).toBeGreaterThanOrEqual(60)
	for (const [what, number] of Object.entries(found!)) expect(number, what).toBeGreaterThan(0)
}

test('loaded in seconds, the example shows all that the forum can do, as the commands would have written it', async () => {
	const began = performance.now()
	await load()
	expect(performance.now() - began).toBeLessThan(LOADED_WITHIN_MS)
	await expectEverything()
	await expectMentoringInEveryState()
	await expectNothingImpossible()
	await expectNobodyFromOutside()
})

test('each of those who can sign in sees the spaces that are open to her, and something of hers', async () => {
	await load()
	await expectTheirSpaces()
	await expectSomethingOfHers()
	await expectSomethingToTranslate()
	await expectTextsInEveryState()
})

/** What the community is, whoever loads it: who said what where, thanked whom and wished for what. */
const fingerprint = () =>
	rowsOf(sql`
		select s.position, t.title, t.langs, t.alias, t.visible_posts, p.seq, m.handle, p.thanks, p.lang,
			(select array_agg(x.handle order by x.handle) from post_thanks k join members x on x.id = k.member_id
				where k.post_id = p.id) as thanked,
			(select array_agg(w.lang || ' ' || x.handle order by w.lang, x.handle) from translation_requests w
				join members x on x.id = w.member_id where w.post_id = p.id) as wished
		from posts p join topics t on t.id = p.topic_id join spaces s on s.id = t.space_id
			join members m on m.id = p.author_id
		order by s.position, t.title, p.seq`)

/** How many rows each table has. */
async function sizes() {
	const tables = await rowsOf<{ name: string }>(sql`
		select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'audit_log' order by 1`)
	const found = new Map<string, number>()
	for (const { name } of tables)
		found.set(name, await count(sql`select count(*)::int as n from ${sql.identifier(name)}`))
	return found
}

test('loading again changes nothing, and made anew nothing of before is left', async () => {
	await load()
	const [before, community] = [await sizes(), await fingerprint()]
	await load()
	expect(await sizes()).toEqual(before)
	const { id } = await signInAs('member')
	await db.execute(sql`insert into blocks (blocker_id, blocked_id)
		select ${id}, id from members where id <> ${id} limit 1`)
	await load(true)
	expect(await sizes()).toEqual(before)
	expect(await fingerprint()).toEqual(community)
})
