import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { heldMessages } from '~/db/schema/chat-held'
import { posts, topics } from '~/db/schema/forum'
import { watchRules } from '~/db/schema/house-rules'
import { auditLog } from '~/db/schema/members'
import { cases, evidence } from '~/db/schema/moderation'
import { translations } from '~/db/schema/translation'
import { saidLately as messagesLately } from '~/features/chat/said-lately.server'
import { editMessage, sendMessage } from '~/features/chat/writing.server'
import { editPost } from '~/features/forum/edits.server'
import { saidLately as postsLately } from '~/features/forum/said-lately.server'
import { publishTranslation } from '~/features/forum/translation/publishing.server'
import { readWaiting } from '~/features/forum/waiting.server'
import { decide } from '~/features/moderation/decisions.server'
import { screenedByRules } from '~/features/moderation/screening.server'
import { addRule, endRule, listRules, tryRules } from '~/features/moderation/watch/rules.server'
import { loadWatchRules } from '~/features/moderation/watch/rules-in-force.server'
import type { WatchAction } from '~/features/moderation/watch/watch.words'
import type { Actor } from '~/platform/actor'
import type { AppError } from '~/platform/errors'
import { subjects } from '~/routes/subjects.server'
import { anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { anAnswer, aSpace, aTopic, idsOf, questionOf } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator } from '../../factories/moderation'

const add = addRule({ lately: [postsLately, messagesLately] })
const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

async function aRule(action: WatchAction, text = 'poison', fields: Record<string, unknown> = {}) {
	await add(await aCoordinator(), { language: '', kind: 'word', text, action, ...fields })
	await loadWatchRules()
}

const refusal = async (doing: Promise<unknown>) => {
	const error = await doing.then(
		() => undefined,
		(reason: AppError) => reason,
	)
	return error && { code: error.code, fields: error.fields, details: error.details }
}

const said = (room: string, body: string, fields = {}) => ({
	room,
	key: crypto.randomUUID(),
	body,
	language: 'en',
	...fields,
})

beforeEach(loadWatchRules)

describe('rules are made', () => {
	test('by coordinators, on record, and ended by them', async () => {
		const coordinator = await aCoordinator()
		const wanted = { language: 'en', kind: 'word', text: 'poison', action: 'hold' }
		await add(coordinator, wanted)
		await add(coordinator, wanted)
		const { rules, count } = await listRules(coordinator)
		expect(count).toBe(1)
		expect(rules[0]).toMatchObject({ ...wanted, madeBy: coordinator.handle })
		await endRule(coordinator, { rule: rules[0]!.id })
		await endRule(coordinator, { rule: rules[0]!.id })
		expect((await listRules(coordinator)).count).toBe(0)
		const record = await db
			.select({ action: auditLog.action })
			.from(auditLog)
			.where(eq(auditLog.subjectId, rules[0]!.id))
			.orderBy(auditLog.seq)
		expect(record.map(({ action }) => action)).toEqual(['watch.added', 'watch.ended'])
	})

	test('and there is no such page for anybody else', async () => {
		for (const other of [await aMember(), await aModerator()]) {
			const form = { language: '', kind: 'word', text: 'poison', action: 'hold' }
			for (const doing of [
				() => listRules(other),
				() => add(other, form),
				() => endRule(other, { rule: crypto.randomUUID() }),
				() => tryRules(other, { sentence: 'Hello', language: '' }),
			])
				expect((await refusal(doing()))?.code).toBe('not-found')
		}
	})

	test.each([
		[{ text: '' }, { text: 'errors:empty' }],
		[{ text: '…' }, { text: 'watch:refused.noWord' }],
		[{ text: 'a'.repeat(201) }, { text: 'watch:refused.long' }],
		[{ text: 'a\u0000b' }, { text: 'errors:strange' }],
		[{ kind: 'pattern', text: '(' }, { text: 'watch:refused.noPattern' }],
		[{ kind: 'pattern', text: '.' }, { text: 'watch:refused.tooMuch' }],
		[{ action: 'delete' }, { action: 'errors:choose' }],
		[{ language: 'klingon' }, { language: 'errors:notLanguage' }],
	])('%j is refused', async (fields, wanted) => {
		const form = { language: '', kind: 'word', text: 'poison', action: 'hold', ...fields }
		expect((await refusal(add(await aCoordinator(), form)))?.fields).toEqual(wanted)
	})

	test('what would hold too much is refused with the beginning of a public post', async () => {
		const [open, inner] = [await aSpace(), await aSpace('Inner', { access: 'practitioners' })]
		for (let n = 0; n < 3; n++) await aTopic({ space: open, title: `Lamp ${n}`, body: 'Where is a lamp?' })
		const form = { language: '', kind: 'word', text: 'lamp', action: 'hold' }
		const refused = await refusal(add(await aCoordinator(), form))
		expect(refused?.fields).toEqual({ text: 'watch:refused.tooMuch' })
		expect(refused?.details.example).toMatch(/^Lamp \d/)
		expect((await postsLately(db, 2_000)).every(({ text }) => text.includes('lamp'))).toBe(true)
		expect(inner.id).toBeDefined()
	})

	test('and tried on a sentence that nobody keeps', async () => {
		await aRule('hold')
		const tried = await tryRules(await aCoordinator(), { sentence: 'POISON, 333 1234567', language: 'en' })
		expect(tried.rules).toMatchObject([{ text: 'poison', action: 'hold' }])
		expect(tried.contacts).toEqual(['phone'])
	})
})

describe('a post', () => {
	test('that a rule warns of is asked about, and goes out when she is sure', async () => {
		await aRule('warn')
		const topic = await aTopic()
		const author = await aMember()
		const form = { author, body: 'This is poison, 333 1234567', key: crypto.randomUUID() }
		const asked = await refusal(anAnswer(topic, form))
		expect(asked).toMatchObject({ code: 'invalid', details: { found: 'phone words' } })
		expect(await db.$count(posts, eq(posts.topicId, topic.id))).toBe(1)
		const sent = await anAnswer(topic, { ...form, ...{ sure: 'yes' } })
		expect(sent.waits).toBe(false)
	})

	test('is folded when a rule says so, and a moderator can open it', async () => {
		await aRule('fold')
		const post = await anAnswer(await aTopic(), { body: 'poison' })
		const read = async () => (await db.select().from(posts).where(eq(posts.id, post.id)))[0]!
		expect(await read()).toMatchObject({ hiddenAt: null, heldAt: null })
		expect((await read()).foldedAt).not.toBeNull()
		const [found] = await db.select().from(cases)
		expect(found).toMatchObject({ subjectId: post.id, origin: 'rule' })
		await decide({ subjects })(await aModerator(), { case: found!.id, decision: 'dismiss' })
		expect((await read()).foldedAt).toBeNull()
	})

	test('is shown, and moderators are told, when a rule flags it', async () => {
		await aRule('flag')
		const post = await anAnswer(await aTopic(), { body: 'poison' })
		const [found] = await db.select().from(cases)
		expect(found).toMatchObject({ subjectId: post.id, origin: 'rule', status: 'open' })
		expect(found!.watchRuleId).not.toBeNull()
		expect(await db.$count(evidence, eq(evidence.caseId, found!.id))).toBe(1)
		const [row] = await db.select().from(posts).where(eq(posts.id, post.id))
		expect(row!.hiddenAt).toBeNull()
	})

	test('that a rule holds waits: hers to read, for nobody else, until a moderator lets it out', async () => {
		await aRule('hold')
		const topic = await aTopic()
		const before = await db.select().from(topics).where(eq(topics.id, topic.id))
		const post = await anAnswer(topic, { body: 'poison' })
		expect(post.waits).toBe(true)
		expect(await readWaiting(post.author)).toMatchObject([{ id: post.id, body: 'poison' }])
		const after = await db.select().from(topics).where(eq(topics.id, topic.id))
		expect(after[0]).toMatchObject({ visiblePosts: 1, lastPostAt: before[0]!.lastPostAt })
		const [found] = await db.select().from(cases)
		await decide({ subjects })(await aModerator(), {
			case: found!.id,
			decision: 'dismiss',
		})
		const [row] = await db.select().from(posts).where(eq(posts.id, post.id))
		expect(row).toMatchObject({ hiddenAt: null, heldAt: null })
		expect(await readWaiting(post.author)).toEqual([])
	})

	test('a question that waits takes its topic with it; the same form again is the same question', async () => {
		await aRule('hold')
		const [space, author, key] = [await aSpace(), await aMember(), crypto.randomUUID()]
		const form = { space, author, title: 'Poison?', ...{ key } }
		const topic = await aTopic(form)
		const again = await aTopic(form)
		expect([topic.waits, again.waits, again.id]).toEqual([true, true, topic.id])
		const [row] = await db.select().from(topics).where(eq(topics.id, topic.id))
		expect(row!.hiddenAt).not.toBeNull()
	})

	test('cannot slip past by an edit', async () => {
		await aRule('hold')
		const topic = await aTopic()
		const question = await questionOf(topic)
		const edit = {
			...idsOf(topic),
			post: question.id,
			title: 'A question',
			body: 'How to poison?',
			language: 'en',
			version: 1,
		}
		expect((await editPost(topic.author, edit)).waits).toBe(true)
		const [row] = await db.select().from(posts).where(eq(posts.id, question.id))
		expect(row!.heldAt).not.toBeNull()
	})

	test('nor by a translation', async () => {
		await aRule('hold', 'veleno')
		const topic = await aTopic()
		const question = await questionOf(topic)
		const translator = await aMember({ reads: ['en', 'it'], speaks: ['en', 'it'] })
		const form = {
			post: question.id,
			language: 'it',
			title: 'Domanda',
			body: 'Veleno?',
			of: 1,
			key: crypto.randomUUID(),
		}
		expect((await publishTranslation(translator, form)).waits).toBe(true)
		const [row] = await db.select().from(translations)
		expect(row!.hiddenAt).not.toBeNull()
		expect(await readWaiting(translator)).toMatchObject([{ id: row!.id }])
	})

	test('of nothing special costs no case', async () => {
		await aRule('hold')
		await anAnswer(await aTopic(), { body: 'A kind word.' })
		expect(await db.$count(cases)).toBe(0)
	})
})

describe('a message', () => {
	const send = (actor: Actor, room: string, body: string, fields = {}) =>
		sendMessage(actor, said(room, body, fields))

	test.each([
		['warn', 'open'],
		['warn', 'private'],
	])('that a rule says to %s of is asked about (%s)', async (_action, kind) => {
		await aRule('warn')
		const [one, other] = [await aMember(), await aMember()]
		const room = kind === 'open' ? await anOpenRoom() : await aPrivateRoom(one, other)
		expect(await refusal(send(one, room, 'poison'))).toMatchObject({ details: { contact: 'words' } })
		expect(await send(one, room, 'poison', { sure: true })).toMatchObject({ body: 'poison' })
	})

	test('waits like words in rooms that hold, folds, and is told of', async () => {
		await aRule('hold', 'poison')
		await aRule('fold', 'mud')
		await aRule('flag', 'sly')
		const [actor, room] = [await aMember(), await anOpenRoom()]
		expect(await send(actor, room, 'poison')).toMatchObject({ held: true })
		expect(await db.$count(heldMessages)).toBe(1)
		const folded = await send(actor, room, 'mud')
		expect(folded).toMatchObject({ folded: true })
		const told = await send(actor, room, 'sly')
		expect(await db.select().from(cases).orderBy(asc(cases.openedAt))).toMatchObject([
			{ subjectId: folded.id, origin: 'rule' },
			{ subjectId: told.id, origin: 'rule' },
		])
	})

	test('between two is theirs: never held, folded or told of', async () => {
		await aRule('hold', 'poison')
		await aRule('flag', 'sly')
		const [one, other] = [await aMember(), await aMember()]
		const room = await aPrivateRoom(one, other)
		await send(one, room, 'poison, sly')
		expect(await db.$count(messages)).toBe(1)
		expect(await db.$count(cases)).toBe(0)
	})

	test('cannot slip past by an edit', async () => {
		await aRule('hold')
		const [actor, room] = [await aMember(), await anOpenRoom()]
		const { id } = await send(actor, room, 'good')
		const edited = editMessage(actor, { room, id, words: 'poison' })
		expect(await refusal(edited)).toMatchObject({ code: 'forbidden', fields: { '': 'chat:held.rule' } })
	})
})

describe('a rule of one language', () => {
	const held = async (text: string, rule: [string, string], language: string) => {
		await aRule('hold', rule[1], { language: rule[0] })
		const [actor, room] = [await aMember(), await anOpenRoom()]
		return 'held' in (await sendMessage(actor, said(room, text, { language: language || null, sure: true })))
	}
	const GERMAN = 'Ich habe dir gestern ein Gift in die Suppe getan, und morgen tue ich es wieder.'

	test.each<[string, string, [string, string], string, boolean]>([
		['as she says', 'Gift!', ['de', 'gift'], 'de', true],
		['another, that it is in', 'What a lovely gift you brought to all of us.', ['de', 'gift'], 'en', false],
		['another, that it is not in', GERMAN, ['de', 'gift'], 'en', true],
		['another, in few words', 'A gift!', ['de', 'gift'], 'en', false],
		['another, of other letters', 'отрова', ['bg', 'отрова'], 'it', true],
		['another, of letters of its own', 'δηλητήριο', ['el', 'δηλητήριο'], 'ar', true],
		['none', 'A gift!', ['de', 'gift'], '', true],
	])('holds words under %s: %s', async (_what, text, rule, language, expected) => {
		expect(await held(text, rule, language)).toBe(expected)
	})

	test('counts for a post that names another, and for words that waited', async () => {
		await aRule('hold', 'gift', { language: 'de' })
		const post = await anAnswer(await aTopic(), { body: GERMAN, ...{ confirmed: 'en' } })
		expect(post.waits).toBe(true)
		expect((await screenedByRules({ text: GERMAN, lang: 'en' })).hold).toMatchObject({ text: 'gift' })
	})
})

test('a rule that another process made is known by its row alone', async () => {
	const [actor, room] = [await aMember(), await anOpenRoom()]
	await sendMessage(actor, said(room, 'poison'))
	await db.insert(watchRules).values({ kind: 'word', text: 'poison', action: 'hold' })
	await loadWatchRules()
	expect(await sendMessage(actor, said(room, 'poison'))).toMatchObject({ held: true })
})
