import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { posts, postVersions } from '~/db/schema/forum'
import { chatBelongings } from '~/features/chat/belongings.server'
import { emptyTakenBack } from '~/features/chat/keeping/emptying.server'
import { forumBelongings } from '~/features/forum/belongings.server'
import { wipeDeleted } from '~/features/forum/wiping.server'
import { aMessage, anOpenRoom } from '../../factories/chat'
import { aMember } from '../../factories/members'
import { aPost, aReport } from '../../factories/moderation'

const textsOf = (parts: { name: string; texts?: { text: string }[] }[], name: string) =>
	parts.find((part) => part.name === name)!.texts!.map(({ text }) => text)

test('her copy does not tell that a post of hers, which she has deleted, was reported', async () => {
	const author = await aMember()
	const [reported, other] = [
		await aPost({ author, body: 'reported' }),
		await aPost({ author, body: 'other' }),
	]
	await aReport({ id: reported.id })
	for (const { id } of [reported, other]) {
		const deletedAt = sql`now() - interval '11 minutes'`
		await db.insert(postVersions).values({ postId: id, version: 1, body: 'before', lang: 'en' })
		await db.update(posts).set({ deletedAt }).where(eq(posts.id, id))
	}
	await wipeDeleted()
	expect(await db.$count(posts, eq(posts.body, 'reported'))).toBe(1)
	expect(await db.$count(posts, eq(posts.body, 'other'))).toBe(0)
	expect(await db.$count(postVersions, eq(postVersions.postId, reported.id))).toBe(1)
	const copy = await forumBelongings.collect(db, author.id)
	expect(['posts', 'earlier'].map((name) => textsOf(copy, name))).toEqual([[], []])
})

test('nor that of a message which she took back', async () => {
	const [author, room] = [await aMember(), await anOpenRoom()]
	const said = [await aMessage(author, room, 'reported'), await aMessage(author, room, 'other')]
	await aReport({ kind: 'message', id: said[0]!.id })
	for (const { id } of said) {
		const removedAt = sql`now() - interval '8 days'`
		await db.update(messages).set({ removedAt }).where(eq(messages.id, id))
	}
	await emptyTakenBack()
	expect(await db.$count(messages, eq(messages.body, 'reported'))).toBe(1)
	expect(textsOf(await chatBelongings.collect(db, author.id), 'messages')).toEqual([])
})
