import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentorOffers } from '~/db/schema/mentoring'
import { cases } from '~/db/schema/moderation'
import { organisationMembers } from '~/db/schema/ties'
import { openPrivate, readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { listCases, listRecords } from '~/features/moderation/queue.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, aPrivateRoom } from '../../factories/chat'
import { anInterpreter, rowOf } from '../../factories/matches'
import { aMember, anOrganisation } from '../../factories/members'
import { aMatch, aMentor } from '../../factories/mentoring'
import { aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const using = { subjects }
const aModerator = (organisationId?: string) => aMember({ roles: [{ role: 'moderator', organisationId }] })

const caseRow = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!

const joins = (member: Actor, organisation: { id: string }) =>
	db.insert(organisationMembers).values({ organisationId: organisation.id, memberId: member.id })

/** Everything a moderator could meet a case by. */
async function sees(actor: Actor, id: string) {
	return {
		open: (await listCases(actor, 'open', null)).cases.some((one) => one.id === id),
		decided: (await listCases(actor, 'decided', null)).cases.some((one) => one.id === id),
		records: (await listRecords(actor, null)).records.some(({ caseId }) => caseId === id),
		page: await codeOf(() => readCase(subjects, actor, id)),
		words: await codeOf(() => openPrivate(using)(actor, { case: id })),
	}
}

const NOTHING = { open: false, decided: false, records: false, page: 'not-found', words: 'not-found' }

/** A mentoring with a mentor of a centre, and what one of them wrote there. */
async function aTalk() {
	const organisation = await anOrganisation()
	const [her, mentor] = [await aMember(), await aMentor({ organisationId: organisation.id })]
	const match = await aMatch(her, mentor)
	const room = (await rowOf(match)).roomId!
	return { organisation, her, mentor, match, room }
}

describe('a reported message of a mentoring', () => {
	test('reaches moderators, and nobody of the mentor’s organisation, whichever way', async () => {
		const { organisation, her, mentor, room } = await aTalk()
		const message = await aMessage(mentor, room, 'Give me money.')
		const { caseId } = await aReport({ by: her, kind: 'message', id: message.id, words: 'She asks for it.' })
		const member = await aModerator()
		await joins(member, organisation)
		const near = [
			{ ...member, organisations: [organisation.id] },
			await aModerator(organisation.id),
			await aMember({ roles: [{ role: 'moderator' }, { role: 'lead', organisationId: organisation.id }] }),
		]
		const far = await aModerator((await anOrganisation('Another')).id)
		for (const actor of near) expect(await sees(actor, caseId)).toEqual(NOTHING)
		expect(await sees(far, caseId)).toMatchObject({ open: true, page: 'ok', words: 'ok' })
		await decide(using)(far, { case: caseId, decision: 'hide', rule: 'money', words: '' })
		for (const actor of near) {
			expect(await sees(actor, caseId)).toEqual(NOTHING)
			expect(await codeOf(() => decide(using)(actor, { case: caseId, decision: 'dismiss', words: '' }))).toBe(
				'not-found',
			)
		}
		expect(await sees(far, caseId)).toMatchObject({ decided: true, records: true })
	})

	test('so does the appeal against what was decided', async () => {
		const { organisation, her, mentor, room } = await aTalk()
		const message = await aMessage(mentor, room, 'Give me money.')
		const { caseId } = await aReport({ by: her, kind: 'message', id: message.id })
		await decide(using)(await aModerator(), { case: caseId, decision: 'hide', rule: 'money', words: '' })
		const [statement] = (await listMyStatements(mentor, null)).statements
		await appeal(mentor, { statement: statement!.id, words: 'I did not.' })
		const second = (await db.select().from(cases)).find(({ statementId }) => statementId !== null)!
		expect(await sees(await aModerator(organisation.id), second.id)).toEqual(NOTHING)
		expect(await sees(await aModerator(), second.id)).toMatchObject({ open: true, words: 'ok' })
	})

	test('is kept from the organisation she is a member of, too, and from the interpreter’s', async () => {
		const [vetting, membership, third] = [
			await anOrganisation('Vets'),
			await anOrganisation('Hers'),
			await anOrganisation('Third'),
		]
		const [her, mentor, interpreter] = [await aMember(), await aMentor(), await aMember()]
		await joins(mentor, membership)
		await joins(interpreter, third)
		const match = await aMatch(her, mentor)
		await anInterpreter(her, mentor, interpreter, match)
		await db
			.update(mentorOffers)
			.set({ organisationId: vetting.id })
			.where(eq(mentorOffers.memberId, mentor.id))
		const room = (await rowOf(match)).roomId!
		const message = await aMessage(interpreter, room, 'Pay me.')
		const { caseId } = await aReport({ by: her, kind: 'message', id: message.id })
		expect((await caseRow(caseId)).notOrganisations.sort()).toEqual(
			[vetting.id, membership.id, third.id].sort(),
		)
	})

	test('reported again, it is kept from those who have come to it meanwhile', async () => {
		const { organisation, her, mentor, room } = await aTalk()
		const message = await aMessage(mentor, room, 'Give me money.')
		const { caseId } = await aReport({ by: her, kind: 'message', id: message.id })
		const later = await anOrganisation('Later')
		await joins(mentor, later)
		await aReport({ by: her, kind: 'message', id: message.id, words: 'Again.' })
		const kept = (await caseRow(caseId)).notOrganisations
		expect(kept.sort()).toEqual([organisation.id, later.id].sort())
	})

	test('what is said in another private room is kept from nobody', async () => {
		const { organisation, her, mentor } = await aTalk()
		const message = await aMessage(mentor, await aPrivateRoom(her, mentor), 'Elsewhere.')
		const { caseId } = await aReport({ by: her, kind: 'message', id: message.id })
		expect((await caseRow(caseId)).notOrganisations).toEqual([])
		expect(await sees(await aModerator(organisation.id), caseId)).toMatchObject({ open: true })
	})
})
