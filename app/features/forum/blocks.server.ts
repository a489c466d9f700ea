import { sql } from 'drizzle-orm'
import type { Parting, Sightings } from '~/features/members/blocks.server'
import { mayEnter } from '~/features/members/entrance.server'
import { pgArray } from '~/platform/text'

/** Whose posts and translations she can read under their handles. What was written under an alias shows nobody. */
export const seenInForum: Sightings = async (tx, actor, { openly }) => {
	const rows = await tx.execute<{ id: string }>(sql`
		select p.id from unnest(${pgArray(openly)}::uuid[]) as p(id)
		where exists (
			select 1 from posts
			join topics on topics.id = posts.topic_id and topics.hidden_at is null
			join spaces on spaces.id = topics.space_id
			where posts.author_id = p.id and posts.hidden_at is null and not posts.aliased and ${mayEnter(actor)})
		or exists (
			select 1 from translations
			join posts on posts.id = translations.post_id and posts.hidden_at is null
			join topics on topics.id = posts.topic_id and topics.hidden_at is null
			join spaces on spaces.id = topics.space_id
			where translations.author_id = p.id and translations.hidden_at is null and ${mayEnter(actor)})`)
	return rows.map(({ id }) => id)
}

/** What the two were told of each other and have not read: the page that lists it leaves it out, so the count must, too. */
export const forgetNotices: Parting = async (tx, { by, from }) => {
	const other = sql`case when n.member_id = ${by}::uuid then ${from}::uuid else ${by}::uuid end`
	await tx.execute(sql`
		delete from notices n
		where n.member_id = any(${pgArray([by, from])}::uuid[]) and n.read_at is null and (
			(n.times = 1 and exists (
				select 1 from posts p where p.id = n.place_id and not p.aliased and p.author_id = ${other}))
			or exists (
				select 1 from topics t where t.alias is null and t.author_id = ${other}
					and (t.id = n.subject_id or (n.times = 1 and t.id = n.place_id))))`)
}
