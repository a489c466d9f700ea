import { createHash } from 'node:crypto'
import { Fault } from './fault.mjs'

/** @typedef {import('postgres').Sql | import('postgres').TransactionSql} Sql */
/**
 * @typedef {object} Link  a link of the chain beside its entry; the entry's columns are null where it is gone
 * @property {string} place
 * @property {string} linked  the `seq` of the entry it is of
 * @property {string} mark
 * @property {string | null} seq
 * @property {string} micros  of the moment, since 1970
 * @property {string | null} actor
 * @property {string} action
 * @property {string | null} kind
 * @property {string | null} subject
 * @property {string | null} member
 */
/** @typedef {'changed' | 'entry-removed' | 'link-removed' | 'unlinked' | 'cut'} Wrong */
/**
 * @typedef {object} Checked
 * @property {number} entries  that stand where and as they were written, up to the fault
 * @property {{ place: number, mark: string } | null} head  the last link; keep it elsewhere
 * @property {{ what: Wrong, place: number | null, seq: number | null } | null} fault  the first place that is wrong
 */

const LINKS_AT_ONCE = 5000
const NOTHING_BEFORE = ''
/** Entries are kept as long as the people they are about can ask for them (SAFETY P9). */
const KEPT_MONTHS = 24
const CLOSED = 'audit.closed'

/** @param {string | null} text */
const field = (text) => (text === null ? '-' : `${Buffer.byteLength(text)}:${text}`)

/**
 * What `audit_mark` of drizzle/0010_record.sql says, worked out here: whoever changed the log may have changed that too.
 * @param {string} before @param {Link} link
 */
function markOf(before, { seq, micros, actor, action, kind, subject, member }) {
	const entry = [seq, micros, actor, action, kind, subject, member].map(field).join(',')
	return createHash('sha256').update(`${before}|${entry}`).digest('hex')
}

/** @param {{ place: number, mark: string }} link  How the entry that closes a segment names the segment's last link. */
const nameOf = ({ place, mark }) => `${place}:${mark}`

/**
 * Follows the chain, link after link.
 * @param {{ since?: string }} wishes
 */
function follower({ since }) {
	let place = 0
	let before = NOTHING_BEFORE
	let entries = 0
	let isKeptSeen = since === undefined
	/** @type {{ place: number, mark: string } | undefined} the end of a closed segment, until its closing is met */
	let closed
	/** @param {Wrong} what @param {Link} link */
	const wrong = (what, link) => ({ what, place: Number(link.place), seq: Number(link.linked) })
	return {
		/** @param {Link} link */
		take(link) {
			const known = { place: Number(link.place), mark: link.mark }
			if (place === 0 && link.seq === null && known.place > 0) closed = known
			else if (known.place !== place + 1) return wrong('link-removed', link)
			else if (link.seq === null) return wrong('entry-removed', link)
			else if (markOf(before, link) !== link.mark) return wrong('changed', link)
			else entries += 1
			if (closed && link.action === CLOSED && link.subject === nameOf(closed)) closed = undefined
			place = known.place
			before = link.mark
			isKeptSeen ||= link.mark === since
		},
		end() {
			const head = place > 0 ? { place, mark: before } : null
			/** @type {Checked['fault']} */
			const begins = closed ? { what: 'link-removed', place: closed.place, seq: null } : null
			const fault = begins ?? (isKeptSeen ? null : { what: 'cut', place: head?.place ?? null, seq: null })
			return { entries, head, fault }
		},
		entries: () => entries,
	}
}

/** @param {Sql} sql @returns {AsyncIterable<Link[]>} */
const linksOf = (sql) =>
	/** @type {AsyncIterable<Link[]>} */ (
		/** @type {unknown} */ (
			sql`select c.place, c.seq as linked, c.mark, a.seq, (extract(epoch from a.at) * 1000000)::bigint::text as micros,
				a.actor_id as actor, a.action, a.subject_kind as kind, a.subject_id as subject, a.member_id as member
				from audit_chain c left join audit_log a on a.seq = c.seq order by c.place`.cursor(LINKS_AT_ONCE)
		)
	)

/**
 * The first entry that no link is of.
 * @param {Sql} sql @returns {Promise<Checked['fault']>}
 */
async function unlinked(sql) {
	const [entry] = await sql`
		select a.seq from audit_log a left join audit_chain c on c.seq = a.seq
		where c.seq is null order by a.seq limit 1`
	return entry ? { what: 'unlinked', place: null, seq: Number(entry.seq) } : null
}

/** @param {Sql} sql @param {{ since?: string }} wishes @returns {Promise<Checked>} */
async function follow(sql, wishes) {
	const chain = follower(wishes)
	for await (const links of linksOf(sql)) {
		for (const link of links) {
			const fault = chain.take(link)
			if (fault) return { entries: chain.entries(), head: null, fault }
		}
	}
	const { entries, head, fault } = chain.end()
	return { entries, head, fault: (await unlinked(sql)) ?? fault }
}

/**
 * Reads the whole audit log beside its chain, as it stands at one moment, and says the first place that is wrong. A tail
 * that was cut off with its links shows only to who kept a mark of it elsewhere and gives it here (`since`).
 * @param {import('postgres').Sql} sql @param {{ since?: string }} [wishes]
 * @returns {Promise<Checked>}
 */
export const checkChain = (sql, wishes = {}) =>
	sql.begin('isolation level repeatable read read only', async (tx) => {
		await tx`set local statement_timeout = 0`
		await tx`set local idle_in_transaction_session_timeout = 0`
		return follow(tx, wishes)
	})

/** @param {Date} before */
function refuseYoung(before) {
	const kept = new Date()
	kept.setUTCMonth(kept.getUTCMonth() - KEPT_MONTHS)
	if (!(before <= kept))
		throw new Fault(
			`entries are kept for ${KEPT_MONTHS} months: give a day before ${kept.toISOString().slice(0, 10)}`,
		)
}

/**
 * The last link of which every entry up to it is older.
 * @param {Sql} sql @param {Date} before
 */
async function endOfSegment(sql, before) {
	const [end] = await sql`
		select c.place, c.mark from audit_chain c where c.place < coalesce(
				(select min(k.place) from audit_chain k join audit_log a on a.seq = k.seq where a.at >= ${before}), 'infinity'::float8)
			and exists (select 1 from audit_log a where a.seq = c.seq)
		order by c.place desc limit 1`
	return end && { place: Number(end.place), mark: String(end.mark) }
}

/**
 * Closes the segment of the chain whose entries are all older than a day: they go for good, its last link stays as what
 * the next one follows, and an entry of the log itself names it. For the role that owns the tables.
 * @param {import('postgres').Sql} sql @param {Date} before  at least two years ago
 * @returns {Promise<{ entries: number, head: { place: number, mark: string } | null }>} how many went, and the new head
 */
export async function closeSegment(sql, before) {
	refuseYoung(before)
	return sql.begin(async (tx) => {
		await tx`set local statement_timeout = 0`
		await tx`set local lock_timeout = 0`
		await tx`lock table audit_log, audit_chain in share row exclusive mode`
		const checked = await follow(tx, {})
		if (checked.fault)
			throw new Fault(`nothing was closed, since the log is not whole. ${sentence(checked.fault)}`)
		const end = await endOfSegment(tx, before)
		if (!end) return { entries: 0, head: checked.head }
		await tx`alter table audit_log disable trigger audit_log_only_grows`
		await tx`alter table audit_chain disable trigger audit_chain_only_grows`
		const gone = await tx`
			delete from audit_log a using audit_chain c where c.seq = a.seq and c.place <= ${end.place}`
		await tx`delete from audit_chain where place < ${end.place}`
		await tx`alter table audit_log enable trigger audit_log_only_grows`
		await tx`alter table audit_chain enable trigger audit_chain_only_grows`
		await tx`insert into audit_log (action, subject_kind, subject_id) values (${CLOSED}, 'mark', ${nameOf(end)})`
		await tx`set constraints audit_chain_link immediate`
		const [last] = await tx`select place, mark from audit_chain order by place desc limit 1`
		return { entries: gone.count, head: last ? { place: Number(last.place), mark: String(last.mark) } : null }
	})
}

/**
 * What a fault means, for the operator.
 * @param {NonNullable<Checked['fault']>} fault
 */
export function sentence({ what, place, seq }) {
	const where = `${place === null ? '' : ` at place ${place}`}`
	switch (what) {
		case 'changed':
			return `Entry ${seq}${where} is not as it was written, or not where it was.`
		case 'entry-removed':
			return `Entry ${seq}${where} was removed.`
		case 'link-removed':
			return `Before${where}, entries were removed with their links, or the order was changed.`
		case 'unlinked':
			return `Entry ${seq} was put into the log with no link.`
		case 'cut':
			return `The mark you kept is not in the chain: its end was cut off${place === null ? '' : `; now it ends${where}`}.`
	}
}
