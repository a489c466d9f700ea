import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { blocks } from '~/db/schema/ties'
import { editPost } from '~/features/forum/edits.server'
import { lockMembers } from '~/features/members/locking.server'
import { endDueSuspensions } from '~/features/members/shut-out.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { lockCases } from '~/features/moderation/locking.server'
import { applyMeasures, liftMeasures } from '~/features/moderation/measures/applying.server'
import { endMeasure } from '~/features/moderation/measures/ending.server'
import { appeal } from '~/features/moderation/statements.server'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { belongings } from '~/routes/belongings.server'
import { subjects } from '~/routes/subjects.server'
import { aTopic, idsOf, questionOf } from '../../factories/forum'
import { hold, untilSomeoneWaits } from '../../factories/locks'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const WARNED = { decision: 'warn', rule: 'insult', words: '' }

/** A question of hers that was reported and decided. */
async function aDecided(author: Actor, how: Record<string, unknown> = WARNED) {
	const topic = await aTopic({ author })
	const post = await questionOf(topic)
	const { caseId, reporter } = await aReport({ id: post.id })
	const moderator = await aModerator()
	await decide({ subjects })(moderator, { case: caseId, ...WARNED, ...how })
	const [statement] = await db.select().from(statements).where(eq(statements.caseId, caseId))
	return { topic, post, caseId, reporter, moderator, statement: statement!.id }
}

const statusOf = async ({ id }: Actor) =>
	(await db.select({ status: members.status }).from(members).where(eq(members.id, id)))[0]?.status

const suspended = { measure: 'suspended', days: '7' }
const closing = { own: { kind: 'closed', days: null, everywhere: false }, apart: false } as const

describe('a decision that shuts her out while another one ends', () => {
	/** Olena, suspended by one case; a second one closes her account, and has not been committed. */
	async function inTheMiddle() {
		const olena = await aMember()
		const first = await aDecided(olena, suspended)
		const second = await aDecided(olena)
		const order = { statementId: second.statement, memberId: olena.id, caseId: second.caseId, spaceId: null }
		const decision = await hold((tx) => applyMeasures(tx, { ...order, measures: closing }, () => {}))
		return { olena, first, decision }
	}

	test('is taken back or granted: she stays out', async () => {
		const { olena, first, decision } = await inTheMiddle()
		const lifted = db.transaction((tx) => liftMeasures(tx, first.statement, () => {}))
		await untilSomeoneWaits()
		await decision.end()
		await lifted
		expect(await statusOf(olena)).toBe('suspended')
	})

	test('by its time: she stays out', async () => {
		const { olena, decision } = await inTheMiddle()
		await db.execute(
			sql`update restrictions set until = now() - interval '1 second' where kind = 'suspended'`,
		)
		const ended = endDueSuspensions()
		await untilSomeoneWaits()
		await decision.end()
		expect(await ended).toBe(0)
		expect(await statusOf(olena)).toBe('suspended')
	})
})

/** Olena, suspended and kept apart by one decision, with whoever acts on it. */
async function aSuspended() {
	const olena = await aMember()
	const decided = await aDecided(olena, { ...suspended, apart: 'yes' })
	return { olena, ...decided }
}
type Suspended = Awaited<ReturnType<typeof aSuspended>>

async function grant({ olena, statement }: Suspended) {
	await appeal(olena, { statement })
	const [asked] = await db.select({ id: cases.id }).from(cases).where(eq(cases.statementId, statement))
	const moderator = await aModerator()
	return () => decide({ subjects })(moderator, { case: asked!.id, decision: 'restore' })
}

async function end({ caseId }: Suspended) {
	const [held] = await db.execute<{ id: string }>(sql`
		select r.id from restrictions r join statements s on s.id = r.statement_id
		where s.case_id = ${caseId} and r.kind = 'suspended'`)
	const moderator = await aModerator()
	return () => endMeasure(moderator, { restriction: held!.id })
}

/** A suspension by a coordinator besides, against which she has appealed. */
async function restore({ olena }: Suspended) {
	await db.update(members).set({ status: 'active' }).where(eq(members.id, olena.id))
	const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
	await suspendPerson(coordinator, { member: olena.id, rule: 'insult', words: '' })
	const [stated] = await db
		.select({ id: statements.id })
		.from(statements)
		.where(eq(statements.action, 'suspended'))
	await appeal(olena, { statement: stated!.id })
	return () => restorePerson(coordinator, { member: olena.id })
}

/** What the end of her account does, past the passphrase. */
const goes =
	async ({ olena }: Suspended) =>
	() =>
		db.transaction(async (tx) => {
			for (const one of belongings) await one.lock?.(tx, olena.id)
			await lockMembers(tx, [olena.id])
			for (const one of belongings) await one.leave?.(tx, olena.id, 'keep', () => {})
			await tx.delete(members).where(eq(members.id, olena.id))
		})

const takeBack =
	async ({ moderator, caseId }: Suspended) =>
	() =>
		undo({ subjects })(moderator, { case: caseId })

const ACTS: [string, (of: Suspended) => Promise<() => Promise<unknown>>][] = [
	['a decision taken back', takeBack],
	['an appeal granted', grant],
	['a measure ended', end],
	['a coordinator who lets her in', restore],
	['leaving', goes],
]

describe('one order of locks', () => {
	test.each(ACTS)(
		'%s waits for the woman before it holds her statements, restrictions or blocks',
		async (_who, prepare) => {
			const of = await aSuspended()
			const act = await prepare(of)
			const other = await hold((tx) => lockMembers(tx, [of.olena.id]))
			const acted = codeOf(act)
			await untilSomeoneWaits()
			for (const later of ['statements', 'restrictions', 'blocks'])
				await other.tx.execute(sql.raw(`select 1 from ${later} for update nowait`))
			await other.end()
			expect(await acted).toBe('ok')
		},
	)

	test.each(ACTS)('%s waits for the cases before it holds the woman', async (_who, prepare) => {
		const of = await aSuspended()
		const act = await prepare(of)
		const other = await hold((tx) => lockCases(tx, eq(cases.authorId, of.olena.id)))
		const acted = codeOf(act)
		await untilSomeoneWaits()
		await other.tx.execute(sql`select 1 from members where id = ${of.olena.id} for no key update nowait`)
		await other.end()
		expect(await acted).toBe('ok')
	})

	test('her own edit waits for the case before it holds what she wrote', async () => {
		const olena = await aMember()
		const { post, topic, caseId } = await aDecided(olena)
		const other = await hold((tx) => lockCases(tx, eq(cases.id, caseId)))
		const words = { title: 'A question', body: 'Other words', language: 'en', version: '1' }
		const edited = codeOf(() => editPost(olena, { ...idsOf(topic), post: post.id, ...words }))
		await untilSomeoneWaits()
		await other.tx.execute(sql`select 1 from posts where id = ${post.id} for update nowait`)
		await other.end()
		expect(await edited).toBe('ok')
	})

	test('two who reported each other are kept apart by two decisions at once, many times', async () => {
		for (let round = 0; round < 5; round += 1) {
			const [olena, amal] = [await aMember(), await aMember()]
			const about = async (author: Actor, by: Actor) =>
				(await aReport({ by, id: (await questionOf(await aTopic({ author }))).id })).caseId
			const both = [await about(olena, amal), await about(amal, olena)]
			const moderators = [await aModerator(), await aModerator()]
			const decided = both.map((id, n) =>
				decide({ subjects })(moderators[n]!, { case: id, ...WARNED, apart: 'yes' }),
			)
			expect(await Promise.all(decided)).toEqual([{ decision: 'warned' }, { decision: 'warned' }])
			expect(await db.$count(blocks, sql`${olena.id}::uuid in (blocker_id, blocked_id)`)).toBe(2)
		}
	})
})
