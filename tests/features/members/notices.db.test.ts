import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaceMembers, spaces, topics } from '~/db/schema/forum'
import { blocks, notices } from '~/db/schema/ties'
import { translations } from '~/db/schema/translation'
import { deleteReadNotices } from '~/features/members/notice-ends.server'
import { tell } from '~/features/members/notices.server'
import { loader as root } from '~/root'
import * as one from '~/routes/members/notice'
import * as list from '~/routes/members/notices'
import { aSpace, aTopic } from '../../factories/forum'
import { aMember, aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'
import { statementsOf } from '../../factories/statements'

type Shown = {
	id: string
	kind: string
	times: number
	unread: boolean
	topic?: { title: string; lang: string }
	space?: string
}
interface Page {
	notices: Shown[]
	until: string | null
	older: string | null
	anyUnread: boolean
}

const look = async (token: string, before = '') =>
	(await open(list.loader, `/notices${before && `?before=${before}`}`, { token })).body as Page

const press = (token: string, id: string) => send(one.action, `/notices/${id}`, {}, { token, params: { id } })

const about = (memberId: string, topic: { id: string }) =>
	tell(db, { memberIds: [memberId], kind: 'topic.reply', subjectId: topic.id })

const unreadOf = async (token: string) =>
	((await open(root, '/', { token })).body as { unread?: number }).unread

describe('the list of notices', () => {
	test('names the kind and the topic’s title, in her language where it was translated', async () => {
		const { actor, token } = await aMemberWithToken({ locale: 'ar' })
		const topic = await aTopic({ title: 'Lavoro', language: 'it' })
		const [question] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		await about(actor.id, topic)
		expect((await look(token)).notices).toMatchObject([
			{ kind: 'topic.reply', unread: true, topic: { title: 'Lavoro', lang: 'it' } },
		])
		await db.insert(translations).values({
			postId: question!.id,
			lang: 'ar',
			dir: 'rtl',
			key: crypto.randomUUID(),
			title: 'عمل',
			body: 'Words',
			html: '',
			ofVersion: 1,
		})
		await db.update(topics).set({ langs: ['it', 'ar'] })
		expect((await look(token)).notices).toMatchObject([{ topic: { title: 'عمل', lang: 'ar', dir: 'rtl' } }])
	})

	test('says nothing of what she may no longer see, nor of what is gone', async () => {
		const { actor, token } = await aMemberWithToken()
		const [closed, hidden, deleted, blocked, stays] = [
			await aTopic(),
			await aTopic(),
			await aTopic(),
			await aTopic(),
			await aTopic({ title: 'Stays' }),
		]
		for (const topic of [closed, hidden, blocked, stays]) await about(actor.id, topic)
		const [only] = await db.select().from(posts).where(eq(posts.topicId, deleted.id))
		await tell(db, { memberIds: [actor.id], kind: 'topic.mention', subjectId: deleted.id, placeId: only!.id })
		expect((await look(token)).notices).toHaveLength(5)
		await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, closed.spaceId))
		await db.update(topics).set({ hiddenAt: new Date() }).where(eq(topics.id, hidden.id))
		await db.update(posts).set({ deletedAt: new Date() }).where(eq(posts.id, only!.id))
		await db.insert(blocks).values({ blockerId: blocked.author.id, blockedId: actor.id })
		const page = await look(token)
		expect(page.notices.map(({ topic }) => topic?.title)).toEqual(['Stays'])
		expect(JSON.stringify(page)).not.toContain(closed.id)
	})

	test('comes in pages, the latest first, none twice and none missing', async () => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		await db.insert(notices).values(
			Array.from({ length: 70 }, (_, n) => ({
				memberId: actor.id,
				kind: 'topic.reply',
				subjectId: topic.id,
				readAt: new Date(),
				at: sql`now() - ${Math.floor(n / 3)} * interval '1 microsecond'` as never,
			})),
		)
		const seen: string[] = []
		let before: string | null = ''
		while (before !== null) {
			const page: Page = await look(token, before)
			seen.push(...page.notices.map(({ id }) => id))
			before = page.older
		}
		expect([seen.length, new Set(seen).size]).toEqual([70, 70])
	})

	test('takes a fixed number of statements, however long', async () => {
		const { actor, token } = await aMemberWithToken()
		for (let n = 0; n < 12; n += 1) await about(actor.id, await aTopic())
		await db
			.insert(notices)
			.values({ memberId: actor.id, kind: 'space.invited', subjectId: (await aSpace()).id })
		const sent = await statementsOf(() => look(token))
		expect(sent.length).toBeLessThanOrEqual(6)
	})

	test('looking at it marks nothing as read', async () => {
		const { actor, token } = await aMemberWithToken()
		await about(actor.id, await aTopic())
		await look(token)
		expect((await open(one.loader, '/notices/x', { token })).to).toBe('/notices')
		expect((await look(token)).notices[0]?.unread).toBe(true)
		expect(await unreadOf(token)).toBe(1)
	})
})

describe('opening one', () => {
	test('marks it as read and leads to the post', async () => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		const [post] = await db.select().from(posts).where(eq(posts.topicId, topic.id))
		await tell(db, { memberIds: [actor.id], kind: 'topic.mention', subjectId: topic.id, placeId: post!.id })
		const [notice] = (await look(token)).notices
		const opened = await press(token, notice!.id)
		expect([opened.status, opened.to]).toEqual([
			303,
			`/forum/${topic.spaceId}/${topic.id}?from=${post!.id}#p-${post!.id}`,
		])
		expect(await unreadOf(token)).toBe(0)
		expect((await look(token)).notices[0]?.unread).toBe(false)
	})

	test.each([
		['one new question', 1, (space: string, topic: string) => `/forum/${space}/${topic}`],
		['several', 4, (space: string) => `/forum/${space}?list=new`],
	])('of a space with %s leads there', async (_what, times, pathOf) => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		await db
			.insert(notices)
			.values({ memberId: actor.id, kind: 'space.topic', subjectId: topic.spaceId, placeId: topic.id, times })
		const [notice] = (await look(token)).notices
		expect(notice).toMatchObject({ space: 'Work', times })
		expect((await press(token, notice!.id)).to).toBe(pathOf(topic.spaceId, topic.id))
	})

	test('an invitation names a space she may not enter yet; without the invitation it is not spoken of', async () => {
		const [{ actor, token }, space] = [await aMemberWithToken(), await aSpace('Circle')]
		await db.update(spaces).set({ access: 'invited' })
		await tell(db, { memberIds: [actor.id], kind: 'space.invited', subjectId: space.id })
		expect((await look(token)).notices).toEqual([])
		await db.insert(spaceMembers).values({ spaceId: space.id, memberId: actor.id })
		expect((await look(token)).notices).toMatchObject([{ space: 'Circle' }])
	})

	test('where she may no longer go leads to the list', async () => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		await about(actor.id, topic)
		const [notice] = (await look(token)).notices
		await db.update(topics).set({ hiddenAt: new Date() })
		expect((await press(token, notice!.id)).to).toBe('/notices')
	})

	test.each([['of another'], ['that is not there'], ['that is none']])('one %s is missing', async (which) => {
		const [{ token }, other] = [await aMemberWithToken(), await aMember()]
		await about(other.id, await aTopic())
		const [hers] = await db.select().from(notices).where(eq(notices.memberId, other.id))
		const id = { 'of another': hers!.id, 'that is not there': crypto.randomUUID(), 'that is none': 'x' }[
			which
		]!
		expect((await press(token, id)).status).toBe(404)
		expect(await db.$count(notices, sql`read_at is not null`)).toBe(0)
	})
})

test('"all" is what was on her page: what came since stays new', async () => {
	const { actor, token } = await aMemberWithToken()
	for (let n = 0; n < 3; n += 1) await about(actor.id, await aTopic())
	const other = await aMember()
	await about(other.id, await aTopic())
	const { until } = await look(token)
	await about(actor.id, await aTopic({ title: 'Later' }))
	expect((await send(list.action, '/notices', { until: until! }, { token })).to).toBe('/notices')
	const page = await look(token)
	expect(page.notices.filter(({ unread }) => unread).map(({ topic }) => topic?.title)).toEqual(['Later'])
	expect(await db.$count(notices, sql`read_at is null`)).toBe(2)
	expect((await send(list.action, '/notices', { until: 'x' }, { token })).status).toBe(422)
})

describe('the bell', () => {
	test('counts what is unread; there is none for visitors and for who waits', async () => {
		const { actor, token } = await aMemberWithToken()
		expect(await unreadOf(token)).toBe(0)
		await about(actor.id, await aTopic())
		expect(await unreadOf(token)).toBe(1)
		expect(await unreadOf('')).toBeUndefined()
		const waiting = await aMemberWithToken({ status: 'waiting' })
		expect(await unreadOf(waiting.token)).toBeUndefined()
	})

	test('two writers who tell the same women at once do not wait for each other in a circle', async () => {
		const women = await Promise.all(Array.from({ length: 12 }, () => aMember()))
		const ids = women.map(({ id }) => id)
		const topic = await aTopic()
		const say = (memberIds: string[]) =>
			db.transaction((tx) => tell(tx, { memberIds, kind: 'topic.reply', subjectId: topic.id }))
		await Promise.all([say(ids), say(ids.toReversed()), say(ids), say(ids.toReversed())])
		const rows = await db.select({ times: notices.times }).from(notices)
		expect(rows.map(({ times }) => times)).toEqual(ids.map(() => 4))
	})
})

describe('what she has read', () => {
	test.each([
		['read 89 days ago', '89 days', 'stays'],
		['read 91 days ago', '91 days', 'goes'],
		['of last year, never read', null, 'stays'],
	] as const)('%s', async (_which, readAgo, what) => {
		const { actor, token } = await aMemberWithToken()
		const topic = await aTopic()
		await about(actor.id, topic)
		await db.update(notices).set({
			at: sql`now() - interval '1 year'`,
			readAt: readAgo && sql`now() - ${readAgo}::interval`,
		})
		expect(await deleteReadNotices()).toBe(what === 'goes' ? 1 : 0)
		expect((await look(token)).notices).toHaveLength(what === 'goes' ? 0 : 1)
		await about(actor.id, topic)
		expect(await unreadOf(token)).toBe(1)
	})

	test('goes however much there is, and by an index', async () => {
		const { actor } = await aMemberWithToken()
		await db.execute(sql`
			insert into notices (member_id, kind, subject_id, at, read_at)
			select ${actor.id}::uuid, 'topic.reply', gen_random_uuid(), now(), now() - make_interval(days => n % 180)
			from generate_series(1, 5000) n`)
		const plan = await db.transaction(async (tx) => {
			// So few are read faster without it.
			await tx.execute(sql`set local enable_seqscan = off`)
			return tx.execute(sql`
				explain select id from notices where read_at <= now() - interval '90 days' order by read_at limit 1000`)
		})
		expect(JSON.stringify(plan)).toContain('notices_read')
		const due = await db.$count(notices, sql`read_at <= now() - interval '90 days'`)
		expect(due).toBeGreaterThan(2_000)
		const [one, other] = await Promise.all([deleteReadNotices(), deleteReadNotices()])
		expect(one + other).toBe(due)
		expect(await db.$count(notices)).toBe(5_000 - due)
	})
})
