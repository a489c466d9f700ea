import type { LanguageLevels } from '~/db/schema/mentoring'
import { type Mentor, WAYS, type WaitingWoman } from '../matching/people'
import type { Week } from '../matching/week'
import type { Level } from '../mentoring.limits'
import { inHerOrder, inOrder } from '../needs'
import { utcWeek, zoneFor } from '../times/zones'
import { skeletonHash } from './keyed-names.server'

interface PersonRow {
	id: string
	skeleton: string
	/** Of her offer or her wishes; null: that of her profile. */
	zone: string | null
	ownZone: string | null
	hostCountry: string | null
	town: string | null
	community: string | null
	/** Names she never wants to meet, as keyed hashes. */
	noMatch: readonly string[]
}

/** What the database knows of a mentor. */
export interface MentorRow extends PersonRow {
	languages: LanguageLevels
	needs: string[]
	helped: string[]
	how: string[]
	hours: number[]
	capacity: number
	load: number
	organisation: string | null
	vettedUntil: Date | null
	trainingUntil: Date | null
	/** Proposed to her by rounds, waiting for both to say yes: no place of hers is taken yet. */
	proposed: number
}

/** What the database knows of a woman, with or without wishes. */
export interface WomanRow extends PersonRow {
	languages: string[]
	level: Level | null
	needs: string[] | null
	how: string[] | null
	hours: number[] | null
	organisations: string[] | null
	waitingSince: Date | null
	blocked: string[]
	choices: string[]
	former: string[]
}

const weekFor = (row: PersonRow, hours: number[], now: Date): Week =>
	utcWeek(hours, row.zone ?? zoneFor({ zone: row.ownZone, hostCountry: row.hostCountry }), now)

const waysOf = (how: readonly string[]) => WAYS.filter((way) => how.includes(way))

/** A mentor as the matching core knows her. Her hours lie where her zone's clock stands in the week of `now`. */
export const mentorOf = (row: MentorRow, now: Date): Mentor => ({
	id: row.id,
	languages: row.languages,
	needs: inOrder(row.needs),
	helped: inOrder(row.helped),
	times: weekFor(row, row.hours, now),
	how: waysOf(row.how),
	capacity: row.capacity,
	load: row.load,
	town: row.town,
	community: row.community,
	organisation: row.organisation,
	vettedUntil: row.vettedUntil,
	trainingUntil: row.trainingUntil || null,
})

/** Who stands under each of these keys. */
function idsBy(rows: readonly MentorRow[], keysOf: (row: MentorRow) => readonly string[]) {
	const ids = new Map<string, string[]>()
	for (const row of rows) for (const key of keysOf(row)) ids.set(key, [...(ids.get(key) ?? []), row.id])
	return ids
}

const NOBODY: ReadonlySet<string> = new Set()

/** The mentors she is never to meet: on her list, or she on theirs. Names are hashed only where somebody has a list. */
function neverToMeet(women: readonly WomanRow[], mentors: readonly MentorRow[]) {
	const byName = women.some(({ noMatch }) => noMatch.length > 0)
		? idsBy(mentors, ({ skeleton }) => [skeletonHash(skeleton)])
		: undefined
	const byList = idsBy(mentors, ({ noMatch }) => noMatch)
	return ({ noMatch, skeleton }: WomanRow): ReadonlySet<string> => {
		if (noMatch.length === 0 && byList.size === 0) return NOBODY
		const theirs = byList.size > 0 ? (byList.get(skeletonHash(skeleton)) ?? []) : []
		return new Set([...noMatch.flatMap((hash) => byName?.get(hash) ?? []), ...theirs])
	}
}

/** Women as the matching core knows them, toward these mentors. */
export function womenOf(
	rows: readonly WomanRow[],
	mentorRows: readonly MentorRow[],
	now: Date,
): WaitingWoman[] {
	const neverOf = neverToMeet(rows, mentorRows)
	return rows.map((row) => {
		const never = neverOf(row)
		return {
			id: row.id,
			languages: row.languages,
			level: row.level ?? 'understand',
			needs: inHerOrder(row.needs ?? []),
			times: weekFor(row, row.hours ?? [], now),
			how: (row.how ?? []).filter((way) => WAYS.some((known) => known === way)) as WaitingWoman['how'],
			limits: {
				notFromTown: row.town,
				notFromCommunity: row.community,
				onlyOrganisations: row.organisations,
			},
			blocked: new Set(row.blocked),
			noMatch: (mentorId) => never.has(mentorId),
			choices: row.choices,
			waitingSince: row.waitingSince ?? now,
		}
	})
}
