import { AREAS, type Area } from '~/features/members/areas'
import type { IconName } from '~/ui/icons'

/**
 * What mentors help with and women ask for, by area, in the order of every page. Each need has a name
 * (`mentoring:need.<key>`), one plain sentence (`mentoring:needText.<key>`) and an icon.
 */
const NEEDS_IN = {
	language: {
		languageCourse: 'book-open',
		languagePractice: 'message-circle',
		officialLetters: 'mail',
		languageExam: 'pencil-line',
		interpreting: 'languages',
	},
	work: {
		jobSearch: 'search',
		cv: 'file-user',
		interview: 'handshake',
		workContract: 'file-pen-line',
		ownBusiness: 'store',
		skills: 'list-checks',
	},
	training: {
		vocationalCourse: 'scissors',
		diploma: 'award',
		computer: 'laptop',
		drivingLicence: 'car',
		study: 'graduation-cap',
	},
	papers: {
		residencePermit: 'id-card',
		asylum: 'tent',
		citizenship: 'flag',
		familyReunion: 'users-round',
		rightsAtWork: 'scale',
		legalHelp: 'gavel',
	},
	children: {
		schoolEnrolment: 'school',
		nursery: 'baby',
		schoolTalks: 'speech',
		homework: 'notebook-pen',
		childBenefits: 'gift',
	},
	health: {
		healthCard: 'credit-card',
		doctor: 'stethoscope',
		pregnancy: 'heart',
		feelingLow: 'cloud-rain',
		disability: 'accessibility',
	},
	housing: {
		findHome: 'house',
		rentContract: 'key-round',
		bills: 'receipt',
		safeHome: 'house-heart',
	},
	daily: {
		bank: 'landmark',
		transport: 'bus',
		money: 'coins',
		meetPeople: 'coffee',
	},
} as const satisfies Record<Area, Record<string, IconName>>

export type Need = { [A in Area]: keyof (typeof NEEDS_IN)[A] }[Area]

/** The needs of one area, in the order of every page. */
export const needsIn = (area: Area) => Object.keys(NEEDS_IN[area]) as Need[]

/** All forty. */
export const NEEDS: readonly Need[] = AREAS.flatMap(needsIn)

const ICON_OF: ReadonlyMap<string, IconName> = new Map(
	AREAS.flatMap((area) => Object.entries(NEEDS_IN[area])),
)

export const isNeed = (text: unknown): text is Need => typeof text === 'string' && ICON_OF.has(text)

export const needIcon = (need: Need): IconName => ICON_OF.get(need)!

/** The needs in the order of every page. */
export const inOrder = (needs: readonly string[]): Need[] => NEEDS.filter((need) => needs.includes(need))

/** What we know of a list of needs, in her own order: the most important first. */
export const inHerOrder = (needs: readonly string[]): Need[] => needs.filter(isNeed)
