import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { caseLooks, caseNotes, caseTranslations } from '~/db/schema/casework'
import { grants, members } from '~/db/schema/members'
import { cases, evidence } from '~/db/schema/moderation'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { CLAIM_MINUTES } from '~/features/moderation/moderation.policy'
import { countLooks, listCases } from '~/features/moderation/queue.server'
import { claim, giveBack, handOver, leaveNote } from '~/features/moderation/taking.server'
import { askTranslation } from '~/features/moderation/translators/asking.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf, faultsOf } from '../../factories/outcomes'

const claimOf = async (actor: Actor, id: string) => (await readCase(subjects, actor, id)).claim
const onlyIds = async (actor: Actor, only: string) =>
	(await listCases(actor, 'open', null, only)).cases.map(({ id }) => id)

/** The time of a claim is the database's. */
const letPass = (id: string, minutes: number) =>
	db
		.update(cases)
		.set({ claimedAt: sql`now() - make_interval(mins => ${minutes})` })
		.where(eq(cases.id, id))

describe('taking a case', () => {
	test('is told to all others, and lapses by itself', async () => {
		const { caseId } = await aReportedPost()
		const [first, second] = [await aModerator(), await aModerator()]
		await claim(first, { case: caseId })
		expect(await claimOf(first, caseId)).toMatchObject({ mine: true })
		expect(await claimOf(second, caseId)).toMatchObject({ mine: false, by: first.handle })
		expect(await faultsOf(() => claim(second, { case: caseId }))).toMatchObject({
			code: 'conflict',
			details: { holder: first.handle },
		})
		await letPass(caseId, CLAIM_MINUTES - 1)
		expect(await claimOf(second, caseId)).not.toBeNull()
		await letPass(caseId, CLAIM_MINUTES)
		expect(await claimOf(second, caseId)).toBeNull()
		await claim(second, { case: caseId })
		expect(await claimOf(first, caseId)).toMatchObject({ by: second.handle })
	})

	test('of two at once one has it, and the other is told', async () => {
		const { caseId } = await aReportedPost()
		const both = [await aModerator(), await aModerator()]
		const codes = await Promise.all(both.map((actor) => codeOf(() => claim(actor, { case: caseId }))))
		expect(codes.toSorted()).toEqual(['conflict', 'ok'])
	})

	test('keeps others from deciding it and from opening what is private; deciding takes it', async () => {
		const { caseId } = await aReportedMessage()
		const [first, second] = [await aModerator(), await aModerator()]
		await claim(first, { case: caseId })
		const dismiss = { case: caseId, decision: 'dismiss' }
		expect(await codeOf(() => decide({ subjects })(second, dismiss))).toBe('conflict')
		expect(await codeOf(() => openPrivate({ subjects })(second, { case: caseId }))).toBe('conflict')
		await giveBack(first, { case: caseId })
		await giveBack(first, { case: caseId })
		expect(await codeOf(() => decide({ subjects })(second, dismiss))).toBe('ok')
		expect(await codeOf(() => claim(first, { case: caseId }))).toBe('conflict')
	})

	test('narrows the queue to hers and to nobody’s', async () => {
		const [mine, free] = [(await aReportedPost()).caseId, (await aReportedPost({ reason: 'danger' })).caseId]
		const [actor, other] = [await aModerator(), await aModerator()]
		await claim(actor, { case: mine })
		expect(await onlyIds(actor, 'mine')).toEqual([mine])
		expect(await onlyIds(other, 'mine')).toEqual([])
		expect(await onlyIds(other, 'unclaimed')).toEqual([free])
		expect(await onlyIds(other, 'danger')).toEqual([free])
		expect(await onlyIds(other, 'all')).toEqual([free, mine])
		const { cases: rows } = await listCases(other, 'open', null)
		expect(rows.map(({ held, mine: hers, holder }) => [held, hers, holder])).toEqual([
			[false, false, null],
			[true, false, actor.handle],
		])
	})

	test.each([
		['a member', () => aMember(), 'not-found'],
		['a mentor', () => aMember({ roles: [{ role: 'mentor' }] }), 'not-found'],
		['a coordinator', () => aMember({ roles: [{ role: 'coordinator' }] }), 'not-found'],
		['a moderator of another space', async () => aModerator((await aSpace()).id), 'not-found'],
		['a moderator of another language', () => aModerator(undefined, ['so']), 'not-found'],
		[
			'a suspended moderator',
			async () => ({ ...(await aModerator()), status: 'suspended' as const }),
			'not-found',
		],
		['a moderator', () => aModerator(), 'ok'],
	])('%s: %s', async (_who, make, expected) => {
		const { caseId } = await aReportedPost()
		await db.update(cases).set({ lang: 'el' })
		await aModerator(undefined, ['el'])
		const actor = await make()
		const note = { case: caseId, note: 'A note' }
		for (const act of [claim, giveBack, leaveNote, handOver])
			expect(await codeOf(() => act(actor, note))).toBe(expected)
		expect(await db.$count(caseNotes)).toBe(expected === 'ok' ? 2 : 0)
	})

	test('is for another where she reported it herself, and she reads nothing of the other reports', async () => {
		const reporter = await aModerator()
		const { caseId, post } = await aReportedPost({ by: reporter })
		await aReport({ id: post.id, reason: 'frightens', words: 'She writes to me every night' })
		const other = await aModerator()
		await leaveNote(other, { case: caseId, note: 'Two of them' })
		const [kept] = await db.select().from(evidence).where(eq(evidence.caseId, caseId))
		const asked = { case: caseId, note: 'It was me', evidence: kept!.id, language: 'it' }
		for (const act of [claim, leaveNote, handOver, askTranslation])
			expect(await codeOf(() => act(reporter, asked))).toBe('forbidden')
		expect([await db.$count(caseNotes), await db.$count(caseTranslations)]).toEqual([1, 0])
		expect(await readCase(subjects, reporter, caseId)).toMatchObject({ reasons: [], notes: [] })
		expect((await listCases(reporter, 'open', null)).cases).toMatchObject([{ reasons: [], gathered: 0 }])
		const shown = await readCase(subjects, other, caseId)
		expect([shown.reasons.length, shown.notes.length]).toEqual([2, 1])
		expect((await listCases(other, 'open', null)).cases).toMatchObject([{ gathered: 2 }])
	})
})

describe('a role that ends mid-case', () => {
	test.each([
		[
			'her role is taken',
			(id: string) => db.update(grants).set({ endedAt: sql`now()` }).where(eq(grants.memberId, id)),
		],
		[
			'she is suspended',
			(id: string) => db.update(members).set({ status: 'suspended' }).where(eq(members.id, id)),
		],
		[
			'her languages change',
			(id: string) =>
				db
					.update(grants)
					.set({ languages: ['so'] })
					.where(eq(grants.memberId, id)),
		],
		[
			'her space changes',
			(id: string) => db.update(grants).set({ spaceId: crypto.randomUUID() }).where(eq(grants.memberId, id)),
		],
	])('releases what she holds: %s', async (_what, change) => {
		const { caseId } = await aReportedPost()
		await db.update(cases).set({ lang: 'el' })
		const [gone, other] = [await aModerator(), await aModerator()]
		await claim(gone, { case: caseId })
		expect(await claimOf(other, caseId)).not.toBeNull()
		await change(gone.id)
		expect(await claimOf(other, caseId)).toBeNull()
		expect(await codeOf(() => claim(other, { case: caseId }))).toBe('ok')
	})

	test('and what she does next finds no such case', async () => {
		const { caseId, post } = await aReportedPost()
		const actor = await aModerator(post.spaceId)
		await claim(actor, { case: caseId })
		const after = { ...actor, grants: [] }
		expect(await codeOf(() => giveBack(after, { case: caseId }))).toBe('not-found')
		expect(await codeOf(() => decide({ subjects })(after, { case: caseId, decision: 'dismiss' }))).toBe(
			'not-found',
		)
	})
})

describe('what moderators leave for each other', () => {
	test('is read by the next one, with author and time; handing over lets the case go', async () => {
		const { caseId } = await aReportedPost()
		const [first, second] = [await aModerator(), await aModerator()]
		await claim(first, { case: caseId })
		await leaveNote(first, { case: caseId, note: 'I asked her' })
		expect(await claimOf(second, caseId)).not.toBeNull()
		await handOver(first, { case: caseId, note: 'I have to go' })
		const shown = await readCase(subjects, second, caseId)
		expect(shown.claim).toBeNull()
		expect(shown.notes).toMatchObject([
			{ author: first.handle, words: 'I asked her' },
			{ author: first.handle, words: 'I have to go' },
		])
	})

	test('is never empty', async () => {
		const { caseId } = await aReportedPost()
		const refused = await faultsOf(async () => leaveNote(await aModerator(), { case: caseId, note: '  ' }))
		expect(refused).toMatchObject({ code: 'invalid', fields: { note: 'errors:empty' } })
	})
})

describe('who looked', () => {
	test('is kept on taking, opening and deciding, once for each case, and never by a page that is read', async () => {
		const { caseId } = await aReportedMessage()
		const posted = await aReportedPost()
		await aReport({ id: posted.post.id })
		const [first, second] = [await aModerator(), await aModerator()]
		await readCase(subjects, first, caseId)
		await listCases(first, 'open', null)
		expect(await db.$count(caseLooks)).toBe(0)
		await openPrivate({ subjects })(first, { case: caseId })
		await claim(first, { case: caseId })
		await decide({ subjects })(second, { case: posted.caseId, decision: 'dismiss' })
		expect(await db.$count(caseLooks)).toBe(2)
		expect([await countLooks(first), await countLooks(second)]).toEqual([1, 1])
		await db.update(caseLooks).set({ lastAt: sql`now() - interval '8 days'` })
		expect(await countLooks(first)).toBe(0)
	})
})
