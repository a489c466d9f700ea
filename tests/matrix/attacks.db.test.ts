import './unlimited'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { topics } from '~/db/schema/forum'
import { cases, statements } from '~/db/schema/moderation'
import { ACTOR_NAMES, type ActorName } from './actors'
import { type Asked, knock } from './door'
import { PAGES } from './rows/pages'
import { closeSnapshot, keepWorld, restoreWorld } from './snapshot'
import { filled } from './table'
import { makeWorld, SECRETS, type World } from './world'

let world: World

beforeAll(async () => {
	world = await makeWorld()
	await keepWorld()
}, 120_000)
beforeEach(restoreWorld)
afterAll(closeSnapshot)

const ask = (name: ActorName, address: string, fields?: Record<string, string>, data = false) => {
	const asked: Asked = { token: world.tokenOf(name), data }
	if (fields) asked.fields = fields
	return knock(filled(address, world.things), asked)
}

/** Pages that gather: lists, counts, search, files. Whatever is not asked for by the id of a thing, and these. */
const GATHERING = [
	...PAGES.map(({ address }) => address).filter((address) => !address.includes('{')),
	'/forum/{open}',
	'/moderation?show=decided',
	'/coordination/people?member={memberW}',
	'/coordination/mentoring/load',
	'/coordination/mentoring/quiet',
]

const herCopy = (name: ActorName) => ask(name, '/me/data', { intent: 'copy', form: 'json' })

describe('95: what is not hers is in nothing that gathers', () => {
	test.each(ACTOR_NAMES)('%s: lists, counts, her copy, files', async (name) => {
		const hidden = Object.keys(SECRETS).filter((word) => !SECRETS[word]!.includes(name))
		const read = [...GATHERING.map((address) => ask(name, address, undefined, true)), herCopy(name)]
		for (const [at, { bytes }] of (await Promise.all(read)).entries()) {
			expect(
				hidden.filter((word) => bytes.includes(word)),
				GATHERING[at] ?? 'her copy',
			).toEqual([])
		}
	})

	test.each(ACTOR_NAMES)('%s: search', async (name) => {
		for (const [word, readers] of Object.entries(SECRETS)) {
			const { bytes } = await ask(name, `/search?q=${word}`)
			if (!readers.includes(name)) expect(bytes.includes('data-item=\\"hit\\"'), word).toBe(false)
		}
	})

	test('and whoever may read there finds it', async () => {
		expect((await ask('W', '/search?q=xylofon')).bytes).toContain('data-item=\\"hit\\"')
	})

	test.each(Object.entries(SECRETS).filter(([, readers]) => readers.includes('W')))(
		'and "%s" is in hers, so that this looked in the right place',
		async (word) => {
			expect((await herCopy('W')).bytes).toContain(word)
		},
	)
})

describe('96: a coordinator looks after people and settings, never into what is said', () => {
	test.each([
		'/chat/{circle}',
		'/chat/{privateRoom}',
		'/chat/{roomOfA}',
		'/chat/{circle}/people',
		'/forum/{ofA}/{questionOfA}',
		'/forum/{invited}/{questionInvited}',
		'/mentoring/{match}',
		'/moderation/{casePrivate}',
		'/report/message/{messageInPrivate}',
	])('%s', async (address) => {
		expect((await ask('A', address)).status).toBe(404)
	})

	test('nor does she open what is private in a case', async () => {
		expect((await ask('A', '/moderation/{casePrivate}', { intent: 'read' })).status).toBe(404)
	})
})

describe('99: the moderator of one space and the case of another', () => {
	const caseThere = async () =>
		(await db.select().from(cases).where(eq(cases.id, world.things.caseElsewhere!)))[0]!

	test.each<Record<string, string>>([
		{ intent: 'decide', decision: 'dismiss' },
		{ intent: 'read' },
		{ intent: 'undo' },
	])('%o changes nothing', async (fields) => {
		const before = await caseThere()
		const swapped = await ask('F', '/moderation/{caseElsewhere}', fields)
		const missing = await knock(`/moderation/${crypto.randomUUID()}`, {
			token: world.tokenOf('F'),
			fields: fields,
		})
		expect([swapped.status, missing.status]).toEqual([404, 404])
		expect(await caseThere()).toEqual(before)
	})

	test('nor does she find her way there by the topic', async () => {
		expect((await ask('F', '/forum/{elsewhere}/{ofElsewhere}/manage', { intent: 'lock' })).status).toBe(404)
		// The topic of the other space under the address of hers: it is not where she says, and nothing is done.
		await ask('F', '/forum/{open}/{ofElsewhere}/manage', { intent: 'lock' })
		const [topic] = await db.select().from(topics).where(eq(topics.id, world.things.ofElsewhere!))
		expect(topic!.lockedAt).toBeNull()
	})
})

describe('101: a suspended woman', () => {
	test.each(['/help', '/rules', '/privacy', '/me', '/me/decisions', '/me/data', '/me/safety'])(
		'reads %s',
		async (address) => {
			expect((await ask('X', address)).status).toBe(200)
		},
	)

	test('takes her copy', async () => {
		const { status, bytes } = await herCopy('X')
		expect(status).toBe(200)
		expect(bytes).toContain('attachment')
	})

	test('appeals', async () => {
		const sent = await ask('X', '/me/decisions', {
			statement: world.things.statementOfX!,
			words: 'I did not',
		})
		expect([sent.status, sent.to]).toEqual([303, '/me/decisions'])
		const [row] = await db.select().from(statements).where(eq(statements.id, world.things.statementOfX!))
		expect(row!.appealedAt).not.toBeNull()
	})

	test('leaves for good', async () => {
		const left = await ask('X', '/me/data', { intent: 'leave', sure: 'yes', passphrase: 'not hers' })
		// Her passphrase is asked for, as of everyone: she is not turned away.
		expect(left.status).toBe(422)
	})
})
