import type { CONTENT_NOTES, Translated } from '~/db/schema/forum'
import type { LanguageLevels } from '~/db/schema/mentoring'

type ContentNote = (typeof CONTENT_NOTES)[number]

export interface ExampleSpace {
	key: string
	icon: string
	names: Translated
	descriptions: Translated
	access?: 'everyone' | 'organisation' | 'practitioners' | 'invited'
	/** Whose members may enter, by the organisation's key. */
	organisation?: string
	aliasAllowed?: boolean
	/** Where only invited members may enter: who came in, and who has not answered yet. */
	cameIn?: string[]
	invited?: string[]
}

export interface ExamplePeople {
	organisations: {
		key: string
		name: string
		country: string
		kind: 'centre' | 'job-service' | 'association'
		members?: string[]
	}[]
	members: {
		handle: string
		mother: string
		reads: string[]
		speaks: string[]
		country: string
		about: string
	}[]
	mentors: { handle: string; languages: LanguageLevels; needs: string[]; words: string; capacity: number }[]
	moderators: string[]
	practitioners: string[]
	leads: string[]
	coordinators: string[]
	spaces: ExampleSpace[]
}

/** `post` counts from 0, the question. */
export interface ExampleTranslation {
	post: number
	lang: string
	/** The topic's title, where the question is translated. */
	title?: string
	body: string
	/** Handle of a woman who speaks both languages. */
	by: string
	thanks?: number
	/** Hours between the post and its translation, where it matters. */
	hoursAfter?: number
	/** Made before the edit that changed the meaning. */
	outdated?: true
}

export interface ExampleTopic {
	lang: string
	title: string
	body: string
	daysAgo: number
	/** Who asked, by handle, where it matters who: otherwise she is cast like the others. */
	by?: string
	note?: ContentNote
	/** Asked without a handle. */
	alias?: true
	/** The post that answered it, or -1 where none alone did. */
	answered?: number
	pinned?: true
	locked?: true
	/** Key of the space it was moved from. */
	moved?: string
	/** The post that had been asked as a topic of its own, until moderators merged it into this one. */
	merged?: { post: number; title: string }
	translations?: ExampleTranslation[]
	wished?: { post: number; lang: string; times: number }[]
	thanks?: { post: number; times: number }[]
	/** What posts said before they were edited; a minor edit keeps their translations current. */
	edited?: { post: number; title?: string; body: string; minor?: true }[]
	/** `by`: the same letter is the same woman in this topic; "a" asked, "m" is a mentor; or a handle. */
	replies: {
		lang: string
		by: string
		body: string
		hoursAfter: number
		note?: ContentNote
		/** The post it answers. */
		answers?: number
		/** Deleted by its author: the words are gone, the place stays. */
		deleted?: true
	}[]
}

export interface ExampleRoom {
	key: string
	names: Translated
	about: Translated
	languages: string[]
	messages: { by: string; lang: string; body: string; minutesAfter: number }[]
}

export interface ExamplePair {
	mentor: string
	mentee: string
	status: 'asked' | 'accepted' | 'declined' | 'ended'
	needs: string[]
	lang: string
	words: string
	daysAgo: number
	messages: { by: 'mentor' | 'mentee'; body: string; minutesAfter: number }[]
}

/** What the woman of a role sees as hers when she signs in. */
export interface ExampleOwn {
	role: string
	/** Keys of the spaces she follows. */
	follows: string[]
	drafts: { space: string; lang: string; title: string; body: string }[]
	/** How many of the wished-for translations she has taken on. */
	claims: number
}

const files = import.meta.glob<unknown>('./texts/*.json', { import: 'default' })
const read = async <T>(name: string) => (await files[`./texts/${name}.json`]!()) as T

/** The invented community: written for this project, about nobody. Read only when it is loaded. */
export async function readTexts() {
	const people = await read<ExamplePeople>('people')
	const forum = await Promise.all(
		people.spaces.map(({ key }) => read<{ space: string; topics: ExampleTopic[] }>(key)),
	)
	const { rooms } = await read<{ rooms: ExampleRoom[] }>('rooms')
	const { pairs } = await read<{ pairs: ExamplePair[] }>('pairs')
	const { own } = await read<{ own: ExampleOwn[] }>('own')
	return { people, forum, rooms, pairs, own }
}

export type ExampleTexts = Awaited<ReturnType<typeof readTexts>>
