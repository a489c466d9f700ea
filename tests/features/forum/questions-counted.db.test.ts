import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, pool } from '~/db/client.server'
import { posts, spaces, topics } from '~/db/schema/forum'
import { deletePost, restorePost } from '~/features/forum/deletion.server'
import { readSpaceSettings } from '~/features/forum/space-settings.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { postSubject } from '~/features/forum/subject.server'
import { manageTopic } from '~/features/forum/tools/manage.server'
import { aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aMember } from '../../factories/members'

/** What each space is said to hold, once it was compared with what its lists hold. */
async function counted(...ids: string[]) {
	const rows = await pool<{ id: string; questions: number; listed: number }[]>`
		select s.id, s.questions, (select count(*)::int from topics t where t.space_id = s.id
			and t.hidden_at is null and t.merged_into is null and t.visible_posts > 0) as listed from spaces s`
	for (const { questions, listed } of rows) expect(questions).toBe(listed)
	return ids.map((id) => rows.find((row) => row.id === id)?.questions)
}

test('a space counts its questions, whatever becomes of them', async () => {
	const [here, there] = [await aSpace(), await aSpace()]
	const moderator = await aMember({ roles: [{ role: 'moderator' }] })
	const [one, two] = [await aTopic({ space: here }), await aTopic({ space: here })]
	expect(await counted(here.id, there.id)).toEqual([2, 0])
	const ofOne = await questionOf(one)
	await postSubject.hide(db, ofOne.id, () => {})
	expect(await counted(here.id)).toEqual([1])
	await postSubject.restore(db, ofOne.id, () => {})
	await deletePost(one.author, { ...idsOf(one), post: ofOne.id })
	expect(await counted(here.id)).toEqual([1])
	await restorePost(one.author, { ...idsOf(one), post: ofOne.id })
	expect(await counted(here.id)).toEqual([2])
	await manageTopic(moderator, idsOf(one), { intent: 'move', to: there.id })
	expect(await counted(here.id, there.id)).toEqual([1, 1])
	await manageTopic(moderator, idsOf(two), { intent: 'merge', into: `/forum/${there.id}/${one.id}` })
	expect(await counted(here.id, there.id)).toEqual([0, 1])
	// What it was merged into is gone: it stands by itself again, and holds nothing.
	await db.delete(topics).where(eq(topics.id, one.id))
	expect(await counted(here.id, there.id)).toEqual([0, 0])
})

test('many at once, written by no command, are counted as well', async () => {
	const [here, there, author] = [await aSpace(), await aSpace(), await aMember()]
	const made = (spaceId: string, amount: number) =>
		Array.from({ length: amount }, () => ({
			spaceId,
			authorId: author.id,
			key: crypto.randomUUID(),
			title: 'Question',
			lang: 'en',
			dir: 'ltr' as const,
			langs: ['en'],
			visiblePosts: 1,
		}))
	await db.insert(topics).values([...made(here.id, 1_100), ...made(there.id, 2)])
	expect(await counted(here.id, there.id)).toEqual([1_100, 2])
	// On a page more than a thousand are many.
	expect((await readSpaces(author, 'en')).spaces.map((space) => space.topics)).toEqual([1_001, 2])
	await db.update(topics).set({ spaceId: there.id }).where(eq(topics.spaceId, here.id))
	expect(await counted(here.id, there.id)).toEqual([0, 1_102])
	await db.delete(topics)
	expect(await counted(here.id, there.id)).toEqual([0, 0])
})

test('how much is asked in a closed space is nothing a coordinator is told', async () => {
	const space = await aSpace('Closed', { access: 'invited' })
	await db.update(spaces).set({ questions: 7 })
	const settings = await readSpaceSettings(await aMember({ roles: [{ role: 'coordinator' }] }), space.id)
	expect(settings).not.toHaveProperty('questions')
})

test('what of hers waits is counted, also where there is no space for her', async () => {
	const topic = await aTopic()
	const waiting = async () => (await readSpaces(topic.author, 'en')).waiting
	expect(await waiting()).toBe(0)
	await db.update(posts).set({ heldAt: new Date(), hiddenAt: new Date() })
	expect(await waiting()).toBe(1)
	await db.update(spaces).set({ access: 'practitioners' })
	expect(await readSpaces(topic.author, 'en')).toEqual({ spaces: [], invitedTo: [], waiting: 1 })
	await db.update(posts).set({ deletedAt: new Date() })
	expect(await waiting()).toBe(0)
})
