import { expect, test } from 'vitest'
import { pool } from '~/db/client.server'
import { countLooks, listCases } from '~/features/moderation/queue.server'
import type { Actor } from '~/platform/actor'
import { aMember } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { blocksRead, scannedTables, statementsOf } from '../../factories/statements'

const OPEN = 5_000
const LANGUAGES = ['it', 'ar', 'es', 'el', 'bg', 'ro', 'so', 'uk']
/** A page of the queue with the languages of its filter. */
const STATEMENTS = 2

/** Open cases in many languages, some of danger, each with two reports; and as many that are decided. */
async function aLongQueue() {
	const [author, other] = [await aMember(), await aMember()]
	await pool`insert into cases (subject_kind, subject_id, author_id, lang, danger, excerpt, due_at)
		select 'post', gen_random_uuid(), ${author.id}, (${LANGUAGES}::text[])[1 + n % 8], n % 100 = 0, 'case ' || n,
			now() + n * interval '1 minute'
		from generate_series(1, ${OPEN}) n`
	await pool`insert into cases (subject_kind, subject_id, author_id, lang, status, decision, decided_at)
		select 'post', gen_random_uuid(), ${author.id}, 'it', 'decided', 'dismissed', now() - n * interval '1 minute'
		from generate_series(1, ${OPEN}) n`
	await pool`insert into reports (case_id, reporter_id, reason)
		select id, reporter.of, 'rude' from cases cross join (values (${author.id}::uuid), (${other.id}::uuid)) reporter(of)`
	await pool`insert into case_looks (case_id, member_id) select id, ${other.id} from cases`
	// Mentors have grants too: who moderates must not be looked for among them once for each case.
	await pool`insert into grants (member_id, role) select ${other.id}, 'mentor' from generate_series(1, 500)`
	await pool`analyze`
}

/** The cursor after so many pages. */
async function after(actor: Actor, pages: number) {
	let cursor: string | null = null
	for (let page = 0; page < pages; page += 1) cursor = (await listCases(actor, 'open', cursor)).next
	return cursor
}

test('on 5,000 open cases a page is two statements, finds its rows by their index, and goes on at the same cost', async () => {
	for (const tag of LANGUAGES) await aModerator(undefined, [tag])
	const [everything, bulgarian] = [await aModerator(), await aModerator(undefined, ['bg'])]
	await aLongQueue()
	const deep = await after(everything, 40)
	for (const actor of [everything, bulgarian]) {
		for (const cursor of [null, deep]) {
			const sent = await statementsOf(() => listCases(actor, 'open', cursor))
			expect(sent).toHaveLength(STATEMENTS)
			expect(await scannedTables(sent[0]!)).not.toContain('cases')
			expect(await scannedTables(sent[0]!)).not.toContain('reports')
		}
		for (const only of ['mine', 'unclaimed', 'danger', 'bg'])
			expect(await statementsOf(() => listCases(actor, 'open', null, only))).toHaveLength(STATEMENTS)
	}
	const costOf = async (actor: Actor, cursor: string | null) => {
		const [page] = await statementsOf(() => listCases(actor, 'open', cursor))
		return blocksRead(page!)
	}
	const [first, late] = [await costOf(everything, null), await costOf(everything, deep)]
	expect(late).toBeLessThanOrEqual(first * 1.3)
	// A moderator of one language goes past what is not hers; who moderates is looked up once for it, not for each case.
	expect(await costOf(bulgarian, null)).toBeLessThan(OPEN)
	const began = performance.now()
	await listCases(bulgarian, 'open', deep)
	expect(performance.now() - began).toBeLessThan(1_000)
	expect(await countLooks(everything)).toBe(0)
}, 60_000)
