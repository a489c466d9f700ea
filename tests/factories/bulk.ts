import { pool } from '~/db/client.server'

interface Amount {
	topics: number
	posts: number
}

const SPACES = 20
const WRITERS = 200
const LANGUAGES = '{en,it,es,el,bg,ar,uk,ro,sq,fr,ru,fa,tr,ur,bn,pt,ka,so,ti,zh-Hans}'

/**
 * A forum of a size that only statements can make: 20 spaces, 20 languages, the answers spread evenly, every tenth
 * question without one; topic n is n minutes old.
 */
export async function aLargeForum({ topics, posts }: Amount) {
	const each = Math.round(posts / topics)
	await pool.begin(async (tx) => {
		await tx`set local statement_timeout = 0`
		// What search would write for each post is of no use here and takes a minute.
		await tx`alter table posts disable trigger user`
		await tx`
			insert into members (handle, skeleton, passphrase_hash, rules_version)
			select 'Writer ' || n, 'writer' || n, 'none', 'test' from generate_series(1, ${WRITERS}::int) n`
		await tx`
			insert into spaces (position, icon, names, descriptions)
			select n, 'briefcase', jsonb_build_object('en', 'Space ' || n), jsonb_build_object('en', '')
			from generate_series(1, ${SPACES}::int) n`
		await tx`create temp table made on commit drop as
			select n, gen_random_uuid() as id, (${LANGUAGES}::text[])[1 + n % 20] as lang,
				case when n % 10 = 0 then 1 else ${each}::int end as size,
				now() - n * interval '1 minute' as at from generate_series(1, ${topics}::int) n`
		await tx`
			insert into topics (id, space_id, author_id, key, title, lang, dir, langs, created_at, last_post_at, post_seq, visible_posts)
			select id, (array(select id from spaces order by position))[1 + n % ${SPACES}::int],
				(array(select id from members))[1 + n % ${WRITERS}::int],
				gen_random_uuid(), 'Question ' || n, lang, 'ltr', array[lang], at, at, size, size from made`
		await tx`
			insert into posts (topic_id, seq, author_id, key, body, html, lang, dir, lang_source, created_at)
			select id, seq, (array(select id from members))[1 + (n + seq) % ${WRITERS}::int],
				gen_random_uuid(), 'Words', '<p>Words</p>', lang, 'ltr', 'declared', at
			from made cross join lateral generate_series(1, size) seq`
		await tx`alter table posts enable trigger user`
	})
	await pool`analyze`
}
