import { createHmac, hkdfSync, randomBytes } from 'node:crypto'

// People, rooms and talk by statements: thousands who sign in by the form would take longer than what is measured.

/** As app/platform/secret.server.ts hashes a session's token. @param {string} secret @param {string} token */
function hashOf(secret, token) {
	const key = Buffer.from(hkdfSync('sha256', secret, 'mimosa', 'session', 32))
	return createHmac('sha256', key).update(token).digest('hex')
}

/**
 * Members with an open session each. Returns the cookies of their browsers.
 * @param {import('postgres').Sql} sql @param {{ count: number, secret: string }} about
 */
export async function writePeople(sql, { count, secret }) {
	const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
	const hashes = tokens.map((token) => hashOf(secret, token))
	await sql`
		insert into members (handle, skeleton, passphrase_hash, rules_version, vouched_at, locale, reads, speaks)
		select 'Member ' || n, 'member' || n, 'none', 'bench', now(), 'en', '{en}', '{en}' from generate_series(1, ${count}::int) n`
	await sql`
		insert into sessions (member_id, token_hash, device, kind)
		select m.id, h.hash, 'own', 'phone' from unnest(${hashes}::text[]) with ordinality h(hash, n)
		join members m on m.skeleton = 'member' || h.n`
	return tokens.map((token) => `mimosa=${token}`)
}

/** An open room. @param {import('postgres').Sql} sql @param {string} name @returns {Promise<string>} */
export async function openRoom(sql, name) {
	const [room] =
		await sql`insert into rooms (kind, names) values ('open', jsonb_build_object('en', ${name}::text)) returning id`
	return room?.id
}

/**
 * Talk of a hundred women, a minute apart; nothing hears of it.
 * @param {import('postgres').Sql} sql @param {string} room @param {number} count
 */
export async function writeTalk(sql, room, count) {
	await sql`
		with started as (update rooms set seq = seq + ${count}::int where id = ${room} returning seq - ${count}::int as seq)
		insert into messages (room_id, seq, changed_seq, author_id, key, body, lang, dir, created_at)
		select ${room}, started.seq + n, started.seq + n, writers.id, gen_random_uuid(),
			'What somebody says in a room, some twenty words or so, as long as such messages are ' || n, 'en', 'ltr',
			now() - (${count}::int - n) * interval '1 minute'
		from started, generate_series(1, ${count}::int) n
		join (select id, row_number() over (order by id) as w from members limit 100) writers on writers.w = 1 + n % 100`
}

/**
 * What one COMMIT of a small row costs in this database, ms.
 * @param {import('postgres').Sql} sql @param {number} times
 */
export async function timeCommits(sql, times) {
	await sql`create table if not exists commit_times (at timestamptz)`
	const connection = await sql.reserve()
	const taken = []
	for (let n = 0; n < times; n += 1) {
		await connection`begin`
		await connection`insert into commit_times values (now())`
		const begun = performance.now()
		await connection`commit`
		taken.push(performance.now() - begun)
	}
	connection.release()
	return taken
}
