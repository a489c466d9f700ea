import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts } from '~/db/schema/forum'
import { members } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { readMessages } from '~/features/chat/messages.server'
import { readTopic } from '~/features/forum/posts.server'
import { readAsked } from '~/features/forum/search/asked'
import { search } from '~/features/forum/search/search.server'
import { startWriting } from '~/features/forum/writing.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { claim } from '~/features/moderation/taking.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { anAnswer } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const WHY = { rule: 'insult', words: 'Please be kind' }
const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>) =>
	decide({ subjects })(actor, { case: caseId, ...how })
const postOf = async (id: string) => (await db.select().from(posts).where(eq(posts.id, id)))[0]!
const caseOf = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!

describe('what is refused, in words', () => {
	const table: [
		string,
		Record<string, unknown>,
		(spaceId: string) => Promise<Actor>,
		Record<string, string>,
	][] = [
		[
			'a measure, where the words are left as they are',
			{ decision: 'dismiss', measure: 'slowed', days: '3' },
			() => aModerator(),
			{ measure: 'decisions:refused.leave' },
		],
		[
			'an account, by a moderator of one space',
			{ decision: 'hide', ...WHY, measure: 'suspended', days: '3' },
			(spaceId) => aModerator(spaceId),
			{ measure: 'decisions:refused.here' },
		],
		[
			'writing everywhere, by a moderator of one space',
			{ decision: 'hide', ...WHY, measure: 'muted', everywhere: 'yes', days: '3' },
			(spaceId) => aModerator(spaceId),
			{ measure: 'decisions:refused.here' },
		],
		['a warning without a rule', { decision: 'warn' }, () => aModerator(), { rule: 'errors:choose' }],
		[
			'another rule that nobody names',
			{ decision: 'fold', rule: 'other-rule' },
			() => aModerator(),
			{ words: 'errors:empty' },
		],
		[
			'what does not exist',
			{ decision: 'banish', ...WHY },
			() => aModerator(),
			{ decision: 'errors:choose' },
		],
	]
	test.each(table)('%s', async (_what, how, who, fields) => {
		const { post, caseId } = await aReportedPost()
		const attempt = decideOn(await who(post.spaceId), caseId, how)
		await expect(attempt).rejects.toMatchObject({ code: 'invalid', fields })
		expect(await caseOf(caseId)).toMatchObject({ status: 'open' })
		expect(await db.$count(statements)).toBe(0)
	})

	test('a moderator of one space keeps her from writing there, and nothing more', async () => {
		const { post, caseId } = await aReportedPost()
		const how = { decision: 'hide', ...WHY, measure: 'muted', days: '3', apart: 'yes' }
		expect(await codeOf(async () => decideOn(await aModerator(post.spaceId), caseId, how))).toBe('ok')
	})

	test('closing the account of a woman who has become the last coordinator', async () => {
		const { post, caseId } = await aReportedPost()
		const coordinator = await aMember({ roles: [{ role: 'coordinator' }] })
		await db.execute(sql`update grants set member_id = ${post.author.id} where member_id = ${coordinator.id}`)
		const attempt = decideOn(await aModerator(), caseId, { decision: 'hide', ...WHY, measure: 'closed' })
		await expect(attempt).rejects.toMatchObject({ code: 'invalid', fields: { '': 'errors:lastCoordinator' } })
		expect((await postOf(post.id)).hiddenAt).toBe(null)
		expect(await caseOf(caseId)).toMatchObject({ status: 'open' })
	})

	test('anything for her herself once she has left; her words can still be hidden', async () => {
		const { post, caseId } = await aReportedPost()
		await db.delete(members).where(eq(members.id, post.author.id))
		const moderator = await aModerator()
		for (const decision of ['warn', 'remove', 'ask-edit'])
			expect(await codeOf(() => decideOn(moderator, caseId, { decision, ...WHY }))).toBe('invalid')
		const attempt = decideOn(moderator, caseId, { decision: 'hide', ...WHY, measure: 'closed' })
		await expect(attempt).rejects.toMatchObject({ fields: { measure: 'decisions:refused.left' } })
		await decideOn(moderator, caseId, { decision: 'hide', ...WHY })
		expect((await postOf(post.id)).hiddenAt).not.toBe(null)
		await undo({ subjects })(moderator, { case: caseId })
		expect((await postOf(post.id)).hiddenAt).toBe(null)
	})

	test('a case that another moderator holds; she is told who', async () => {
		const { caseId } = await aReportedPost()
		const [holder, other] = [await aModerator(), await aModerator()]
		await claim(holder, { case: caseId })
		const attempt = decideOn(other, caseId, { decision: 'hide', ...WHY })
		await expect(attempt).rejects.toMatchObject({ code: 'conflict', details: { holder: holder.handle } })
		await decideOn(holder, caseId, { decision: 'hide', ...WHY })
		const late = decideOn(other, caseId, { decision: 'fold', ...WHY })
		await expect(late).rejects.toMatchObject({ code: 'conflict', details: { decision: 'hidden' } })
	})
})

describe('folding', () => {
	test('keeps a post where it is, closed: on its page, where it is answered and quoted, and in what is found', async () => {
		const { post, caseId } = await aReportedPost({ body: 'Bitter lemons' })
		const answer = await anAnswer({ id: post.topicId, spaceId: post.spaceId }, { replyTo: post.id })
		await decideOn(await aModerator(), caseId, { decision: 'fold', ...WHY })
		const reader = await aMember()
		const ids = { space: post.spaceId, topic: post.topicId }
		const { posts: shown } = await readTopic(reader, 'en', ids, null)
		expect(shown).toMatchObject([
			{ id: post.id, note: 'moderated' },
			{ id: answer.id, note: null, reply: { note: 'moderated', excerpt: '' } },
		])
		const at = {
			place: 'x',
			spaceId: post.spaceId,
			reply: { topicId: post.topicId, post: post.id, quote: true },
		}
		const writing = await startWriting(reader, 'en', at)
		expect(writing).toMatchObject({ quoted: '', target: { note: 'moderated', excerpt: '' } })
		const found = await search(reader, 'en', readAsked(new URLSearchParams({ q: 'lemons' })))
		expect(found.hits).toMatchObject([{ excerpt: null }])
	})

	test('keeps the note its author gave', async () => {
		const { post, caseId } = await aReportedPost()
		await db.update(posts).set({ note: 'violence' }).where(eq(posts.id, post.id))
		await decideOn(await aModerator(), caseId, { decision: 'fold', ...WHY })
		const ids = { space: post.spaceId, topic: post.topicId }
		expect((await readTopic(await aMember(), 'en', ids, null)).posts).toMatchObject([{ note: 'violence' }])
	})

	test('folds what a message says in another language with it, and opens both again', async () => {
		const { room, message, author, reporter, caseId } = await aReportedMessage()
		const moderator = await aModerator()
		await db.execute(sql`update rooms set seq = seq + 1 where id = ${room}`)
		await db.execute(sql`
			insert into messages (room_id, seq, changed_seq, author_id, key, body, lang, dir, translation_of)
			select id, seq, seq, ${reporter.id}, gen_random_uuid(), 'Solo tu lo sai', 'it', 'ltr', ${message.id}
			from rooms where id = ${room}`)
		const foldedIn = async () =>
			(await readMessages(room, null, { id: author.id, unheard: [] })).messages.map(({ folded }) => folded)
		await decideOn(moderator, caseId, { decision: 'fold', ...WHY })
		expect(await foldedIn()).toEqual([undefined, true, true])
		await undo({ subjects })(moderator, { case: caseId })
		expect(await foldedIn()).toEqual([undefined, undefined, undefined])
	})

	test('of two decisions, the one taken back leaves it folded by the other', async () => {
		const { post, caseId } = await aReportedPost()
		const moderator = await aModerator()
		await decideOn(moderator, caseId, { decision: 'fold', ...WHY })
		const again = await aReport({ id: post.id })
		await decideOn(moderator, again.caseId, { decision: 'fold', ...WHY })
		await undo({ subjects })(moderator, { case: again.caseId })
		await decideOn(moderator, again.caseId, { decision: 'dismiss' })
		expect((await postOf(post.id)).foldedAt).not.toBe(null)
		await undo({ subjects })(moderator, { case: caseId })
		expect((await postOf(post.id)).foldedAt).toBe(null)
	})
})
