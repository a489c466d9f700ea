import { randomUUID } from 'node:crypto'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test, vi } from 'vitest'
import { db, pool } from '~/db/client.server'
import { blocks } from '~/db/schema/ties'
import { catchUp } from '~/features/chat/messages.server'
import { listRooms } from '~/features/chat/room-lists.server'
import { readRoomPage } from '~/features/chat/room-page.server'
import { roomsWith } from '~/features/chat/rooms.server'
import { messageSubject } from '~/features/chat/subject.server'
import { sendMessage } from '~/features/chat/writing.server'
import * as commands from '~/features/members/blocks.server'
import { BlockedPage } from '~/features/members/components/blocked-page'
import { actorOfToken } from '~/features/members/session.server'
import { askMentor } from '~/features/mentoring/finding/asks.server'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { readMentoring } from '~/features/mentoring/overview.server'
import { readMatch } from '~/features/mentoring/together/match-page.server'
import { waitingForHer } from '~/features/mentoring/waiting.server'
import type { Actor } from '~/platform/actor'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { blockDoors } from '~/routes/block-doors.server'
import * as onBlocked from '~/routes/members/blocked'
import { aMessage, anOpenRoom, aPrivateRoom } from '../../factories/chat'
import { heardOf } from '../../factories/events'
import { aMemberWithToken } from '../../factories/members'
import { aMatch, aMentor, anOffer, aRequest, asked } from '../../factories/mentoring'
import { codeOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'
import { sentInside, written } from '../../factories/statements'

interface Woman {
	token: string
	/** Who she is now, as the database says. */
	now(): Promise<Actor>
}

async function aWoman(
	fields: Parameters<typeof aMemberWithToken>[0] = {},
): Promise<Woman & { actor: Actor }> {
	const { actor, token } = await aMemberWithToken(fields)
	return { actor, token, now: async () => (await actorOfToken(token))! }
}

const blockByName = (woman: Woman, handle: string) =>
	send(onBlocked.action, '/me/blocked', { intent: 'blockName', handle }, { token: woman.token })
const block = (woman: Woman, member: string) =>
	send(onBlocked.action, '/me/blocked', { intent: 'block', member }, { token: woman.token })
const look = (woman: Woman, person?: string) =>
	open(onBlocked.loader, person ? `/me/blocked?person=${person}` : '/me/blocked', { token: woman.token })
const bare = ({ headers, ...answer }: Awaited<ReturnType<typeof look>>) => ({
	...answer,
	headers: [...headers],
})
const listed = async (woman: Woman) =>
	((await look(woman)).body as { blocked: { handle: string }[] }).blocked.map(({ handle }) => handle)

function render(page: ReactElement, locale = 'en') {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/blocks:|common:|errors:/)
	return html
}

describe('the page of blocks', () => {
	test('asks before it blocks, lists whom she blocks, and lets her see her again', async () => {
		const [amal, ines] = [await aWoman({ handle: 'Amal' }), await aWoman({ handle: 'Inés' })]
		await aMessage(ines.actor, await anOpenRoom())
		const asking = await look(amal, ines.actor.id)
		expect(asking.body).toMatchObject({ person: { id: ines.actor.id, handle: 'Inés' }, blocked: [] })
		expect(await db.$count(blocks)).toBe(0)
		const heard = heardOf('member:changed')
		expect(await block(amal, ines.actor.id)).toMatchObject({ status: 303, to: '/me/blocked?done=blocked' })
		expect((await block(amal, ines.actor.id)).status).toBe(303)
		expect(new Set((await heard()).map(({ memberId }) => memberId))).toEqual(
			new Set([amal.actor.id, ines.actor.id]),
		)
		expect(await db.$count(blocks)).toBe(1)
		expect(await listed(amal)).toEqual(['Inés'])
		expect([(await amal.now()).blocked, (await ines.now()).blocked]).toEqual([
			[ines.actor.id],
			[amal.actor.id],
		])
		const unblock = { intent: 'unblock', member: ines.actor.id }
		expect(await send(onBlocked.action, '/me/blocked', unblock, { token: ines.token })).toMatchObject({
			status: 303,
		})
		expect(await db.$count(blocks)).toBe(1)
		expect(await send(onBlocked.action, '/me/blocked', unblock, { token: amal.token })).toMatchObject({
			to: '/me/blocked?done=lifted',
		})
		expect([await db.$count(blocks), await listed(amal)]).toEqual([0, []])
	})

	test.each(UI_LOCALES)('speaks %s', (locale) => {
		const person = { id: randomUUID(), handle: 'Inés' }
		const blocked = [{ id: randomUUID(), handle: 'ليلى', at: new Date() }]
		const html = render(<BlockedPage blocked={blocked} muted={[]} person={person} done="blocked" />, locale)
		expect(html).toContain('<bdi class="handle" translate="no">Inés</bdi>')
		expect(html).toContain('name="intent" value="unblock"')
	})

	test('asks about nobody whom she cannot see: hidden, missing and herself are one answer', async () => {
		const [amal, silent] = [await aWoman(), await aWoman()]
		const missing = bare(await look(amal, randomUUID()))
		expect(missing.status).toBe(404)
		for (const person of [silent.actor.id, amal.actor.id, 'no-id'])
			expect(bare(await look(amal, person))).toEqual(missing)
		const refused = bare(await block(amal, randomUUID()))
		expect(refused.status).toBe(404)
		expect(bare(await block(amal, silent.actor.id))).toEqual(refused)
		expect(await db.$count(blocks)).toBe(0)
	})

	test('a name that nobody has is answered like one that somebody has, at every step', async () => {
		const [amal, zoe] = [await aWoman(), await aWoman()]
		await aWoman({ handle: 'Silent' })
		const heard = heardOf('member:changed')
		expect(bare(await blockByName(amal, 'silent'))).toEqual(bare(await blockByName(zoe, 'Nobody at all')))
		expect(await db.$count(blocks)).toBe(1)
		expect(bare(await look(amal))).toEqual(bare(await look(zoe)))
		const lift = (woman: Woman, handle: string) =>
			send(onBlocked.action, '/me/blocked', { intent: 'unblockName', handle }, { token: woman.token })
		expect(bare(await lift(amal, 'Silent'))).toEqual(bare(await lift(zoe, 'Nobody at all')))
		expect(await db.$count(blocks)).toBe(0)
		// Her own open pages begin anew in either case.
		const told = (await heard()).map(({ memberId }) => memberId)
		expect(told.filter((id) => id === amal.actor.id)).toHaveLength(2)
		expect(told.filter((id) => id === zoe.actor.id)).toHaveLength(2)
		expect((await blockByName(amal, amal.actor.handle)).to).toBe('/me/blocked?done=blocked')
		expect(await db.$count(blocks)).toBe(0)
	})

	test('a name is blocked and let go with the same work, whoever it is of', async () => {
		const [amal, hidden, shown] = [await aWoman(), await aWoman({ handle: 'Silent' }), await aWoman()]
		await aMessage(shown.actor, await anOpenRoom())
		for (const act of [commands.blockHandle(blockDoors), commands.unblockHandle]) {
			const work: string[] = []
			for (const handle of ['Nobody at all', 'Silent', shown.actor.handle, amal.actor.handle]) {
				const heard = heardOf('member:changed')
				const before = await written()
				work.push(JSON.stringify(await sentInside(() => act(amal.actor, { handle }))))
				expect(await written()).toBeGreaterThan(before)
				expect((await heard()).length).toBe(2)
			}
			expect(new Set(work).size).toBe(1)
		}
		expect((await hidden.now()).blocked).toEqual([])
	})

	test('who is blocked learns it from no list: neither by a name nor by an id she knew', async () => {
		const [amal, ines] = [await aWoman({ handle: 'Amal' }), await aWoman()]
		await aMessage(amal.actor, await anOpenRoom())
		await blockByName(amal, ines.actor.handle)
		expect(bare(await look(ines, amal.actor.id))).toEqual(bare(await look(ines, randomUUID())))
		expect(bare(await block(ines, amal.actor.id))).toEqual(bare(await block(ines, randomUUID())))
		// Her own block holds, but nothing says whether there was anyone to block.
		await blockByName(ines, 'Amal')
		expect(await db.$count(blocks)).toBe(2)
		expect(await listed(ines)).toEqual([])
		expect(bare(await look(ines, amal.actor.id))).toEqual(bare(await look(ines, randomUUID())))
	})

	test('her list stays as it is when the other one blocks her, too', async () => {
		const [amal, ines] = [await aWoman({ handle: 'Amal' }), await aWoman({ handle: 'Inés' })]
		await aMessage(ines.actor, await anOpenRoom())
		await block(amal, ines.actor.id)
		const before = bare(await look(amal))
		await blockByName(ines, 'Amal')
		expect(bare(await look(amal))).toEqual(before)
		expect(await listed(amal)).toEqual(['Inés'])
	})

	test('stays hers while she is suspended; who is not signed in is asked to', async () => {
		const suspended = await aWoman({ status: 'suspended' })
		expect((await look(suspended)).status).toBe(200)
		expect((await open(onBlocked.loader, '/me/blocked')).to).toBe('/sign-in?next=%2Fme%2Fblocked')
		const strange = await send(onBlocked.action, '/me/blocked', { intent: 'x' }, { token: suspended.token })
		expect(strange.status).toBe(404)
		const empty = await blockByName(suspended, '')
		expect([empty.status, empty.body]).toMatchObject([422, { fields: { handle: 'errors:handleGiven' } }])
	})

	test('costs the same few queries however many she blocks', async () => {
		const amal = await aWoman()
		const room = await anOpenRoom()
		const count = async () => {
			const actor = await amal.now()
			const queries = vi.spyOn(pool, 'unsafe')
			await commands.readBlocked(actor, blockDoors, null)
			const made = queries.mock.calls.length
			queries.mockRestore()
			return made
		}
		const some = async (number: number) => {
			for (let at = 0; at < number; at += 1) {
				const other = await aWoman()
				await aMessage(other.actor, room)
				await db.insert(blocks).values({ blockerId: amal.actor.id, blockedId: other.actor.id })
			}
		}
		await some(1)
		const one = await count()
		await some(8)
		expect(await count()).toBe(one)
		expect(await listed(amal)).toHaveLength(9)
		expect(one).toBe(4)
	})
})

describe('rooms', () => {
	test('each of the two reads nothing of the other in an open room, and no number shows a gap', async () => {
		const [amal, ines, zoe] = [await aWoman(), await aWoman(), await aWoman()]
		const room = await anOpenRoom()
		for (const [who, body] of [
			[zoe, 'one'],
			[amal, 'of amal'],
			[ines, 'of ines'],
			[zoe, 'two'],
		] as const)
			await aMessage(who.actor, room, body)
		await block(amal, ines.actor.id)
		const read = async (woman: Woman) => {
			const actor = await woman.now()
			const page = await readRoomPage(actor, room, { locale: 'en', before: null })
			const caught = await catchUp(actor, room, 0)
			expect(caught.messages.map((entry) => ('body' in entry ? entry.body : 'gone'))).toEqual(
				page.messages.map(({ body }) => body),
			)
			// The cursor moves over what she does not see.
			expect([caught.seq, caught.upTo, page.room.seq]).toEqual([4, 4, 4])
			return page.messages.map(({ body }) => body)
		}
		expect(await read(amal)).toEqual(['one', 'of amal', 'two'])
		expect(await read(ines)).toEqual(['one', 'of ines', 'two'])
		expect(await read(zoe)).toEqual(['one', 'of amal', 'of ines', 'two'])
	})

	test('when a blocked woman spoke last is not told, and nothing answers her', async () => {
		const [amal, ines] = [await aWoman(), await aWoman()]
		const room = await anOpenRoom()
		const message = await aMessage(ines.actor, room)
		await block(amal, ines.actor.id)
		const lastAt = async (woman: Woman) => (await listRooms(await woman.now(), 'en')).open[0]!.lastAt
		expect(await lastAt(amal)).toBeNull()
		expect(await lastAt(ines)).toEqual(new Date(message.at))
		const answering = async (replyTo: string) => {
			const actor = await amal.now()
			return codeOf(() => sendMessage(actor, { room, key: randomUUID(), body: 'x', replyTo }))
		}
		expect([await answering(message.id), await answering(randomUUID())]).toEqual(['not-found', 'not-found'])
		// To report it is like everything else: she would have to lift the block first.
		expect(await messageSubject.mayReport(db, await amal.now(), message.id)).toBe(false)
		expect(await messageSubject.mayReport(db, (await aWoman()).actor, message.id)).toBe(true)
	})

	test('of a room of two the other reads only that she has left, and can send nothing', async () => {
		const [amal, ines] = [await aWoman(), await aWoman()]
		const room = await aPrivateRoom(amal.actor, ines.actor)
		await aMessage(amal.actor, room, 'before')
		const [left, closed] = [heardOf('chat:left'), heardOf('chat:closed')]
		await block(amal, ines.actor.id)
		expect(await left()).toMatchObject([{ roomId: room, memberId: amal.actor.id, alone: true }])
		expect(await closed()).toHaveLength(1)
		const page = await readRoomPage(await ines.now(), room, { locale: 'en', before: null })
		expect(page).toMatchObject({
			room: { alone: true, other: { handle: amal.actor.handle } },
			mayWrite: false,
		})
		// As after any leaving, what was said stays with her.
		expect(page.messages.map(({ body }) => body)).toEqual(['before'])
		const sending = { room, key: randomUUID(), body: 'are you there?' }
		const actor = await ines.now()
		expect(await codeOf(() => sendMessage(actor, sending))).toBe('forbidden')
		expect((await listRooms(actor, 'en')).own).toMatchObject([{ id: room, alone: true }])
		expect((await listRooms(await amal.now(), 'en')).own).toEqual([])
		const hers = await amal.now()
		expect(await codeOf(() => readRoomPage(hers, room, { locale: 'en', before: null }))).toBe('not-found')
		// She who was left can block as after any leaving: no answer differs.
		expect((await look(ines, amal.actor.id)).status).toBe(200)
		// Lifting it does not bring her back: nobody can tell a block from a leaving.
		await send(
			onBlocked.action,
			'/me/blocked',
			{ intent: 'unblock', member: ines.actor.id },
			{ token: amal.token },
		)
		expect((await readRoomPage(await ines.now(), room, { locale: 'en', before: null })).room.alone).toBe(true)
	})
})

describe('mentoring', () => {
	/** A woman with a vetted offer, by her session. */
	async function aMentoringWoman() {
		const woman = await aWoman({ roles: [{ role: 'mentor' }] })
		await anOffer(woman.actor)
		return woman
	}
	const finds = async (woman: Woman) =>
		(await listMentors(await woman.now(), 'en', { language: 'all', need: null, after: null })).mentors.map(
			({ id }) => id,
		)

	test.each(['she blocks', 'she is blocked'])(
		'%s: a mentor is not found and cannot be asked',
		async (way) => {
			const [amal, mentor] = [await aWoman(), await aMentoringWoman()]
			expect(await finds(amal)).toEqual([mentor.actor.id])
			if (way === 'she blocks') await block(amal, mentor.actor.id)
			else await blockByName(mentor, amal.actor.handle)
			expect(await finds(amal)).toEqual([])
			const actor = await amal.now()
			const asking = (id: string) => codeOf(() => askMentor(actor, aRequest({ id })))
			expect([await asking(mentor.actor.id), await asking(randomUUID())]).toEqual(['not-found', 'not-found'])
		},
	)

	test('mentoring ends for both: she sees nothing more of it, the other reads that she has left', async () => {
		const [amal, mentor] = [await aWoman(), await aMentoringWoman()]
		const match = await aMatch(amal.actor, mentor.actor)
		await block(amal, mentor.actor.id)
		const her = await amal.now()
		expect(await codeOf(() => readMatch(her, match, roomsWith))).toBe('not-found')
		expect(await readMentoring(her, roomsWith)).toMatchObject({ running: [], requests: [], past: [] })
		expect(await waitingForHer(her, roomsWith)).toEqual({ toAnswer: 0, proposed: 0, running: [] })
		const other = await mentor.now()
		const seen = await readMatch(other, match, roomsWith)
		expect(seen).toMatchObject({ status: 'ended', endedByHer: false, acts: [] })
		expect((await readMentoring(other, roomsWith)).past).toHaveLength(1)
		// Her place is free again.
		expect((await readMentoring(other, roomsWith)).offer).toBeTruthy()
		expect(await finds(await aWoman())).toEqual([mentor.actor.id])
		const page = await readRoomPage(other, seen.roomId!, { locale: 'en', before: null })
		expect(page).toMatchObject({ room: { alone: true, closed: true }, mayWrite: false })
	})

	test('a request is taken back by her who asked, and declined by her who was asked', async () => {
		const [amal, ines] = [await aWoman(), await aWoman()]
		const [mentor, other] = [await aMentoringWoman(), await aMentor()]
		const taken = await asked(amal.actor, mentor.actor)
		const declined = await asked(ines.actor, mentor.actor)
		await asked(amal.actor, other)
		await block(amal, mentor.actor.id)
		await block(mentor, ines.actor.id)
		expect(await readMatch(await mentor.now(), taken, roomsWith)).toMatchObject({ status: 'withdrawn' })
		expect(await readMatch(await ines.now(), declined, roomsWith)).toMatchObject({ status: 'declined' })
		expect((await waitingForHer(await mentor.now(), roomsWith)).toAnswer).toBe(0)
		expect((await readMentoring(await amal.now(), roomsWith)).line).toHaveLength(1)
	})
})
