import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { rooms } from '~/db/schema/chat'
import { spaceMembers, spaces } from '~/db/schema/forum'
import { notices } from '~/db/schema/ties'
import { chatBelongings } from '~/features/chat/belongings.server'
import { closeRoom, openRoom, reopenRoom } from '~/features/chat/open/opening.server'
import { acceptInvitation, inviteToSpace } from '~/features/forum/space-people.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { decide, undo } from '~/features/moderation/decisions.server'
import { readReportable } from '~/features/moderation/reports.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aSpace } from '../../factories/forum'
import { aMember } from '../../factories/members'
import { aModerator, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const mayReport = (actor: Actor, kind: string, id: string) =>
	codeOf(() => readReportable(subjects, actor, { kind, id }))
const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

describe('an invitation to a space', () => {
	async function anInvitation() {
		const [space, inviter] = [await aSpace('Quiet room', { access: 'invited' }), await aCoordinator()]
		const her = await aMember()
		await inviteToSpace(inviter, { space: space.id, handle: her.handle })
		const [{ invitation } = { invitation: '' }] = (await readSpaces(her, 'en')).invitedTo
		return { space, inviter, her, id: invitation }
	}

	test('is reported by her whom it invites, until she has answered, and by nobody else', async () => {
		const { space, inviter, her, id } = await anInvitation()
		const kind = 'space-invitation'
		expect(await readReportable(subjects, her, { kind, id })).toMatchObject({
			excerpt: expect.stringContaining('Quiet room'),
		})
		for (const actor of [inviter, await aMember(), await aModerator()])
			expect(await mayReport(actor, kind, id)).toBe('not-found')
		expect(await mayReport(her, kind, space.id)).toBe('not-found')
		await acceptInvitation(her, { space: space.id })
		expect(await mayReport(her, kind, id)).toBe('not-found')
	})

	test('taken back by a decision it is nowhere for her; undone it stands again', async () => {
		const { space, her, id } = await anInvitation()
		const { caseId } = await aReport({ by: her, kind: 'space-invitation', id })
		const moderator = await aModerator()
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'insult' })
		expect((await readSpaces(her, 'en')).invitedTo).toEqual([])
		expect(await db.$count(notices, eq(notices.kind, 'space.invited'))).toBe(0)
		expect(await codeOf(() => acceptInvitation(her, { space: space.id }))).toBe('not-found')
		expect(await mayReport(her, 'space-invitation', id)).toBe('not-found')
		await undo({ subjects })(moderator, { case: caseId })
		expect((await readSpaces(her, 'en')).invitedTo).toHaveLength(1)
		expect(await codeOf(() => acceptInvitation(her, { space: space.id }))).toBe('ok')
	})

	test('once she came in, she stays in whatever is decided', async () => {
		const { space, her, id } = await anInvitation()
		const { caseId } = await aReport({ by: her, kind: 'space-invitation', id })
		await acceptInvitation(her, { space: space.id })
		const hide = { case: caseId, decision: 'hide', rule: 'insult' }
		expect(await codeOf(async () => decide({ subjects })(await aModerator(), hide))).toBe('invalid')
		expect(await db.select().from(spaceMembers)).toMatchObject([
			{ acceptedAt: expect.any(Date), hiddenAt: null },
		])
	})
})

describe('an open room', () => {
	async function aNamedRoom(space = '') {
		const [coordinator, id] = [await aCoordinator(), crypto.randomUUID()]
		const words = { 'name-en': 'Kitchen table', 'name-it': 'Tavolo', 'about-it': 'Per parlare' }
		await openRoom(coordinator, { key: id, space, languages: ['en'], keepDays: '0', ...words })
		return { coordinator, id }
	}
	const isClosed = async (id: string) =>
		(await db.select({ at: rooms.closedAt }).from(rooms).where(eq(rooms.id, id)))[0]!.at !== null
	const reportAndHide = async (id: string) => {
		const { caseId } = await aReport({ kind: 'open-room', id })
		const moderator = await aModerator()
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'insult' })
		return { caseId, moderator }
	}

	test('is reported by whoever may come in, with all that is said of it, and never by who named it', async () => {
		const space = await aSpace('Inner', { access: 'practitioners' })
		const [open, inner] = [await aNamedRoom(), await aNamedRoom(space.id)]
		const her = await aMember()
		const { excerpt } = await readReportable(subjects, her, { kind: 'open-room', id: open.id })
		expect(excerpt).toMatch(/Kitchen table.*Tavolo.*Per parlare/s)
		expect(await mayReport(open.coordinator, 'open-room', open.id)).toBe('not-found')
		expect(await mayReport(her, 'open-room', inner.id)).toBe('not-found')
		expect(await mayReport(her, 'open-room', crypto.randomUUID())).toBe('not-found')
	})

	test('is in the copy of her who named it', async () => {
		const { coordinator, id } = await aNamedRoom()
		const copyOf = async (actor: Actor) => JSON.stringify(await chatBelongings.collect(db, actor.id))
		expect(await copyOf(coordinator)).toContain(`"roomNamed":"${id}"`)
		expect(await copyOf(await aCoordinator())).not.toContain(id)
	})

	test('closes by a decision, and opens when that is taken back', async () => {
		const { id } = await aNamedRoom()
		const { caseId, moderator } = await reportAndHide(id)
		expect(await isClosed(id)).toBe(true)
		await undo({ subjects })(moderator, { case: caseId })
		expect(await isClosed(id)).toBe(false)
	})

	test('that a coordinator closed stays closed', async () => {
		const { coordinator, id } = await aNamedRoom()
		const { caseId } = await aReport({ kind: 'open-room', id })
		await closeRoom(coordinator, { room: id })
		const moderator = await aModerator()
		await decide({ subjects })(moderator, { case: caseId, decision: 'hide', rule: 'insult' })
		await undo({ subjects })(moderator, { case: caseId })
		expect(await isClosed(id)).toBe(true)
	})

	test('that a coordinator opened again is hers, also after an undo', async () => {
		const { coordinator, id } = await aNamedRoom()
		const { caseId, moderator } = await reportAndHide(id)
		await reopenRoom(coordinator, { room: id })
		await closeRoom(coordinator, { room: id })
		await undo({ subjects })(moderator, { case: caseId })
		expect(await isClosed(id)).toBe(true)
	})
})

test('a space that is no longer for invited members has no invitation to report', async () => {
	const [space, inviter, her] = [
		await aSpace('Quiet', { access: 'invited' }),
		await aCoordinator(),
		await aMember(),
	]
	await inviteToSpace(inviter, { space: space.id, handle: her.handle })
	const [{ invitation } = { invitation: '' }] = (await readSpaces(her, 'en')).invitedTo
	await db.update(spaces).set({ access: 'practitioners' }).where(eq(spaces.id, space.id))
	expect(await mayReport(her, 'space-invitation', invitation)).toBe('not-found')
})
