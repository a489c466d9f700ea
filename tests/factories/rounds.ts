import { db } from '~/db/client.server'
import { mentoringWishes } from '~/db/schema/mentoring'
import { organisationMembers } from '~/db/schema/ties'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'
import { aMentor } from './mentoring'

const DAY_MS = 24 * 60 * 60 * 1000

type WishFields = Partial<typeof mentoringWishes.$inferInsert>

/** What a woman would like; unless it says otherwise she talks English, has waited a month and may be looked for. */
export async function wishes(member: { id: string }, fields: WishFields = {}) {
	await db.insert(mentoringWishes).values({
		memberId: member.id,
		languages: ['en'],
		needs: ['jobSearch'],
		wordsLang: 'en',
		wordsDir: 'ltr',
		inRounds: true,
		waitingSince: new Date(Date.now() - 30 * DAY_MS),
		...fields,
	})
}

/** A woman who waits for a mentor. */
export async function aWaitingMember(fields: WishFields = {}, handle?: string): Promise<Actor> {
	const member = await aMember(handle ? { handle } : {})
	await wishes(member, fields)
	return member
}

export const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

/** A coordinator, of everyone or of one organisation. */
export const aCoordinator = (organisationId?: string) =>
	aMember({ roles: [{ role: 'coordinator', ...(organisationId ? { organisationId } : {}) }] })

export const belongTo = (member: { id: string }, organisationId: string) =>
	db.insert(organisationMembers).values({ memberId: member.id, organisationId })

/** Mentors of one kind, by handle. */
const _mentors = (count: number, fields: Parameters<typeof aMentor>[0] = {}) =>
	Promise.all(Array.from({ length: count }, () => aMentor(fields)))
