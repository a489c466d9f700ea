import { and, eq, isNull, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { grants, members } from '~/db/schema/members'
import { cases } from '~/db/schema/moderation'
import { blocks, organisationMembers } from '~/db/schema/ties'
import { giveRole } from '~/features/members/roles.server'
import { readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { listCases } from '~/features/moderation/queue.server'
import { claim } from '~/features/moderation/taking.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aSpace } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

type CaseRow = typeof cases.$inferInsert

/** A case straight in the table, of words that are no longer there. */
async function aCase(fields: Partial<CaseRow>) {
	const [made] = await db
		.insert(cases)
		.values({ subjectKind: 'post', subjectId: crypto.randomUUID(), ...fields })
		.returning({ id: cases.id })
	return made!.id
}

/** What she sees of these cases: in the list and one by one. Both must say the same. */
async function seenBy(actor: Actor, ids: string[]) {
	const listed = await codeOf(() => listCases(actor, 'open', null))
	const rows = listed === 'ok' ? (await listCases(actor, 'open', null)).cases.map(({ id }) => id) : []
	const opened = await Promise.all(
		ids.map(async (id) => (await codeOf(() => readCase(subjects, actor, id))) === 'ok'),
	)
	expect(ids.map((id) => rows.includes(id))).toEqual(opened)
	return opened
}

describe('the scope of a moderator', () => {
	test('is the same in the list and for one case, for every role and every kind of case', async () => {
		const [work, papers] = [(await aSpace()).id, (await aSpace()).id]
		const centre = await anOrganisation()
		const author = await aModerator(undefined, ['el'])
		const kinds: Partial<CaseRow>[] = [
			{ spaceId: work, lang: 'ar' },
			{ spaceId: work, lang: 'bg' },
			{ spaceId: papers, lang: 'ar' },
			{ spaceId: work, lang: 'bg', danger: true },
			{ spaceId: work, lang: null },
			// Nobody looks after it.
			{ spaceId: work, lang: 'so' },
			{ lang: 'ar', private: true },
			{ lang: 'so', private: true },
			{ spaceId: work, lang: 'ar', notOrganisations: [centre.id] },
			// The only one who looks after Greek wrote it herself.
			{ spaceId: work, lang: 'el', authorId: author.id },
		]
		const ids: string[] = []
		for (const kind of kinds) ids.push(await aCase(kind))
		const [arabic, arabicHere, bulgarianHere, mixed, unbound] = [
			await aModerator(undefined, ['ar']),
			await aModerator(work, ['ar']),
			await aModerator(work, ['bg', 'tr']),
			await aMember({
				roles: [
					{ role: 'moderator', spaceId: papers, languages: ['ar'] },
					{ role: 'moderator', spaceId: work, languages: ['bg'] },
				],
			}),
			await aModerator(papers),
		]
		const ofTheCentre = await aMember({ roles: [{ role: 'moderator', languages: ['ar'] }] })
		await db.insert(organisationMembers).values({ organisationId: centre.id, memberId: ofTheCentre.id })
		const hers = { ...ofTheCentre, organisations: [centre.id] }
		const [yes, no] = [true, false]
		const table: [string, Actor, boolean[]][] = [
			['a member', await aMember(), Array(10).fill(no)],
			['a mentor', await aMember({ roles: [{ role: 'mentor' }] }), Array(10).fill(no)],
			['a coordinator', await aMember({ roles: [{ role: 'coordinator' }] }), Array(10).fill(no)],
			['suspended', { ...arabic, status: 'suspended' }, Array(10).fill(no)],
			['Arabic, everywhere', arabic, [yes, no, yes, yes, yes, yes, yes, yes, yes, yes]],
			['Arabic, one space', arabicHere, [yes, no, no, yes, yes, yes, no, no, yes, yes]],
			['Bulgarian, one space', bulgarianHere, [no, yes, no, yes, yes, yes, no, no, no, yes]],
			['two roles', mixed, [no, yes, yes, yes, yes, yes, no, no, no, yes]],
			['another space', unbound, [no, no, yes, no, no, no, no, no, no, no]],
			['Arabic, of the centre', hers, [yes, no, yes, yes, yes, yes, yes, yes, no, yes]],
			['Greek, the author', author, [no, no, no, yes, yes, yes, no, yes, no, no]],
		]
		for (const [who, actor, expected] of table)
			expect([who, await seenBy(actor, ids)]).toEqual([who, expected])
	})

	test('widens when the last one who looks after a language goes or is suspended', async () => {
		const id = await aCase({ lang: 'ar' })
		const bulgarian = await aModerator(undefined, ['bg'])
		const arabic = await aModerator(undefined, ['ar'])
		expect(await seenBy(bulgarian, [id])).toEqual([false])
		await db.update(members).set({ status: 'suspended' }).where(eq(members.id, arabic.id))
		expect(await seenBy(bulgarian, [id])).toEqual([true])
		await db.update(members).set({ status: 'active' }).where(eq(members.id, arabic.id))
		expect(await seenBy(bulgarian, [id])).toEqual([false])
		await db.update(grants).set({ endedAt: sql`now()` }).where(eq(grants.memberId, arabic.id))
		expect(await seenBy(bulgarian, [id])).toEqual([true])
	})
})

describe('between a moderator and the author of a case', () => {
	type Tie = 'her block' | 'the block of the author' | 'a no-contact order'
	const TIES: Tie[] = ['her block', 'the block of the author', 'a no-contact order']

	/** The moderator as her next request finds her. */
	async function tied(moderator: Actor, author: Actor, tie: Tie): Promise<Actor> {
		const [here, there] = [
			{ blockerId: moderator.id, blockedId: author.id },
			{ blockerId: author.id, blockedId: moderator.id },
		]
		const order = { own: false, orderId: crypto.randomUUID() }
		const rows = {
			'her block': [here],
			'the block of the author': [there],
			'a no-contact order': [
				{ ...here, ...order },
				{ ...there, ...order },
			],
		}
		await db.insert(blocks).values(rows[tie])
		return { ...moderator, blocked: [author.id] }
	}

	test.each(TIES)('%s keeps the case from her, as if it were her own, and from nobody else', async (tie) => {
		const [author, other] = [await aMember(), await aModerator()]
		const id = await aCase({ authorId: author.id, lang: 'ar', danger: true })
		const her = await tied(await aModerator(), author, tie)
		expect(await seenBy(her, [id])).toEqual([false])
		expect(await seenBy(other, [id])).toEqual([true])
		expect(await codeOf(() => decide({ subjects })(her, { case: id, decision: 'dismiss' }))).toBe('not-found')
		expect(await codeOf(() => claim(her, { case: id }))).toBe('not-found')
		// What others wrote, or who is gone, is hers as before.
		expect(await seenBy(her, [await aCase({ authorId: other.id }), await aCase({})])).toEqual([true, true])
	})

	test.each(TIES)('%s: her language counts as looked after by nobody, unless by another', async (tie) => {
		const author = await aMember()
		const [greek, bulgarian] = [await aModerator(undefined, ['el']), await aModerator(undefined, ['bg'])]
		const id = await aCase({ authorId: author.id, lang: 'el' })
		expect(await seenBy(bulgarian, [id])).toEqual([false])
		await tied(greek, author, tie)
		expect(await seenBy(bulgarian, [id])).toEqual([true])
		await aModerator(undefined, ['el'])
		expect(await seenBy(bulgarian, [id])).toEqual([false])
	})

	test('by blocks nobody gets out of everyone’s reach; an order holds even so', async () => {
		const author = await aMember()
		const id = await aCase({ authorId: author.id })
		const [blocked, blocking, kept] = [await aModerator(), await aModerator(), await aModerator()]
		const ties = [
			await tied(blocked, author, 'the block of the author'),
			await tied(blocking, author, 'her block'),
			await tied(kept, author, 'a no-contact order'),
		]
		const seen = async () => (await Promise.all(ties.map((her) => seenBy(her, [id])))).flat()
		expect(await seen()).toEqual([true, true, false])
		await aModerator()
		expect(await seen()).toEqual([false, false, false])
	})

	test('a claim of hers counts no more once an order holds', async () => {
		const [author, her, other] = [await aMember(), await aModerator(), await aModerator()]
		const id = await aCase({ authorId: author.id })
		await claim(her, { case: id })
		expect(await codeOf(() => claim(other, { case: id }))).toBe('conflict')
		await tied(her, author, 'a no-contact order')
		expect(await codeOf(() => claim(other, { case: id }))).toBe('ok')
	})
})

test('a coordinator gives a moderator her languages, and others in their place; none chosen is every one', async () => {
	const [coordinator, her] = [await aMember({ roles: [{ role: 'coordinator' }] }), await aMember()]
	const give = (languages?: string | string[]) =>
		giveRole([])(coordinator, { member: her.id, role: 'moderator', organisation: '', space: '', languages })
	const inForce = async () =>
		(
			await db
				.select({ languages: grants.languages })
				.from(grants)
				.where(and(eq(grants.memberId, her.id), isNull(grants.endedAt)))
		).map(({ languages }) => languages)
	const TABLE: [string | string[] | undefined, string[] | null][] = [
		[
			['el', 'ar'],
			['ar', 'el'],
		],
		['bg', ['bg']],
		[undefined, null],
	]
	for (const [given, kept] of TABLE) {
		await give(given)
		await give(given)
		expect(await inForce()).toEqual([kept])
	}
	expect(await codeOf(() => give(['nothing']))).toBe('invalid')
})
