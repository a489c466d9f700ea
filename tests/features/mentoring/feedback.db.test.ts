import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { cases } from '~/db/schema/moderation'
import { organisationMembers } from '~/db/schema/ties'
import { mentoringFeedback } from '~/db/schema/together'
import { roomsWith } from '~/features/chat/rooms.server'
import { blockHandle } from '~/features/members/blocks.server'
import { giveFeedback } from '~/features/mentoring/together/feedback.server'
import { readMatch, readMatchPage } from '~/features/mentoring/together/match-page.server'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { listCases, listRecords } from '~/features/moderation/queue.server'
import { readReportable, report } from '~/features/moderation/reports.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { blockDoors } from '~/routes/block-doors.server'
import { subjects } from '~/routes/subjects.server'
import { aMatchAs } from '../../factories/matches'
import { aMember, anOrganisation } from '../../factories/members'
import { act, aMatch, aMentor } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

describe('how it was', () => {
	test('each of the two may say it once it is over; the last answer counts, the other one is never shown it', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('ended', her, mentor)
		await giveFeedback(her, { match, mood: 'good' })
		await Promise.all([giveFeedback(her, { match, mood: 'bad' }), giveFeedback(her, { match, mood: 'bad' })])
		expect(await db.select().from(mentoringFeedback)).toMatchObject([{ memberId: her.id, mood: 'bad' }])
		expect((await readMatchPage(her, match, roomsWith)).together?.mood).toBe('bad')
		expect((await readMatchPage(mentor, match, roomsWith)).together?.mood).toBeNull()
		expect(await codeOf(() => giveFeedback(mentor, { match, mood: 'middling' }))).toBe('ok')
	})

	test('not before, not by others, not otherwise', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		expect(await codeOf(() => giveFeedback(her, { match, mood: 'good' }))).toBe('conflict')
		await act(her, match, 'end')
		expect(await codeOf(() => giveFeedback(her, { match, mood: 'great' }))).toBe('invalid')
		for (const actor of [await aMember(), await aMember({ roles: [{ role: 'coordinator' }] })]) {
			expect(await codeOf(() => giveFeedback(actor, { match, mood: 'good' }))).toBe('not-found')
		}
	})
})

describe('something was not right', () => {
	const using = { subjects }
	const tell = (actor: Actor, kind: string, id: string, words = 'She asked me for money.') =>
		report(using)(actor, { kind, id, reason: 'asks', words })
	const caseOf = async () => (await db.select().from(cases))[0]!
	const aModerator = (organisationId?: string) => aMember({ roles: [{ role: 'moderator', organisationId }] })
	const sees = async (actor: Actor, id: string) => {
		const listed = (await listCases(actor, 'open', null)).cases.some((one) => one.id === id)
		const opened = await codeOf(() => readCase(subjects, actor, id))
		return [listed, opened]
	}

	async function reported() {
		const organisation = await anOrganisation()
		const [her, mentor] = [await aMember(), await aMentor({ organisationId: organisation.id })]
		const match = await aMatch(her, mentor)
		await tell(her, 'mentor-conduct', match)
		return { organisation, her, mentor, match, id: (await caseOf()).id }
	}

	test('goes to moderators with her words, never to the mentor or her organisation', async () => {
		const { organisation, mentor, id } = await reported()
		const ofMembership = await aModerator()
		await db
			.insert(organisationMembers)
			.values({ organisationId: organisation.id, memberId: ofMembership.id })
		const member = { ...ofMembership, organisations: [organisation.id] }
		const ofGrant = await aModerator(organisation.id)
		const withOther = await aMember({
			roles: [{ role: 'moderator' }, { role: 'lead', organisationId: organisation.id }],
		})
		for (const actor of [member, ofGrant, withOther]) {
			expect(await sees(actor, id)).toEqual([false, 'not-found'])
			expect(await codeOf(() => openPrivate(using)(actor, { case: id }))).toBe('not-found')
			expect(await codeOf(() => decide(using)(actor, { case: id, decision: 'dismiss', words: '' }))).toBe(
				'not-found',
			)
		}
		const herself = {
			...mentor,
			grants: [{ role: 'moderator' as const, organisationId: null, spaceId: null, languages: null }],
		}
		expect(await sees(herself, id)).toEqual([false, 'not-found'])
		const elsewhere = await aModerator((await anOrganisation('Another')).id)
		expect(await sees(elsewhere, id)).toEqual([true, 'ok'])
		expect((await readCase(subjects, elsewhere, id)).reasons).toMatchObject([
			{ words: 'She asked me for money.' },
		])
		expect((await openPrivate(using)(elsewhere, { case: id })).author).toBe(mentor.handle)
		expect((await listRecords(elsewhere, null)).records).toHaveLength(1)
		expect((await listRecords(member, null)).records).toEqual([])
	})

	test.each([
		[
			'whom the mentor is a member of',
			(organisation: string, mentor: Actor) =>
				db.insert(organisationMembers).values({ organisationId: organisation, memberId: mentor.id }),
		],
		[
			'that vetted her',
			(organisation: string, mentor: Actor) =>
				db
					.update(mentorOffers)
					.set({ organisationId: organisation })
					.where(eq(mentorOffers.memberId, mentor.id)),
		],
	])('her organisation is the one %s', async (_what, join) => {
		const organisation = await anOrganisation()
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatch(her, mentor)
		await join(organisation.id, mentor)
		await tell(her, 'mentor-conduct', match)
		expect(await caseOf()).toMatchObject({
			notOrganisations: [organisation.id],
			authorId: mentor.id,
			private: true,
		})
	})

	test('the mentor can, too, about the woman; and each only about the other', async () => {
		const { her, mentor, match } = await reported()
		expect(await codeOf(() => tell(mentor, 'mentee-conduct', match))).toBe('ok')
		expect(await codeOf(() => tell(mentor, 'mentor-conduct', match))).toBe('not-found')
		expect(await codeOf(() => tell(her, 'mentee-conduct', match))).toBe('not-found')
		const strangers = [await aMember(), await aMember({ roles: [{ role: 'coordinator' }] })]
		for (const actor of strangers)
			for (const kind of ['mentor-conduct', 'mentee-conduct'])
				expect(await codeOf(() => tell(actor, kind, match))).toBe('not-found')
		expect(await readReportable(subjects, her, { kind: 'mentor-conduct', id: match })).toMatchObject({
			private: true,
			excerpt: '',
		})
	})

	test('also after the end and after a block, but not of what never began', async () => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs('ended', her, mentor)
		await blockHandle(blockDoors)(her, { handle: mentor.handle })
		expect(await codeOf(() => tell(her, 'mentor-conduct', match))).toBe('ok')
		const asked = await aMatchAs('asked', await aMember(), mentor)
		expect(await codeOf(() => tell(mentor, 'mentee-conduct', asked))).toBe('not-found')
	})

	test('decided against her the mentoring ends; an appeal stays away from the same people', async () => {
		const { organisation, her, mentor, match, id } = await reported()
		const moderator = await aModerator()
		await decide(using)(moderator, { case: id, decision: 'hide', rule: 'money', words: '' })
		expect(await readMatch(her, match, roomsWith)).toMatchObject({ status: 'ended', endedQuietly: true })
		const [statement] = (await listMyStatements(mentor, null)).statements
		expect(statement).toMatchObject({ kind: 'mentor-conduct', rule: 'money', excerpt: '' })
		await appeal(mentor, { statement: statement!.id, words: 'I did not.' })
		const second = (await db.select().from(cases)).find(({ statementId }) => statementId !== null)!
		expect(second.notOrganisations).toEqual([organisation.id])
		expect(await sees(await aModerator(organisation.id), second.id)).toEqual([false, 'not-found'])
		const other = await aModerator()
		await decide(using)(other, { case: second.id, decision: 'restore', words: '' })
		expect(await readMatch(her, match, roomsWith)).toMatchObject({ status: 'ended' })
		expect(await faultsOf(() => act(her, match, 'resume'))).toMatchObject({ code: 'conflict' })
	})
})
