import type { Translated } from '~/db/schema/forum'
import type { LanguageLevels } from '~/db/schema/mentoring'

export interface ExamplePeople {
	organisations: {
		key: string
		name: string
		country: string
		kind: 'centre' | 'job-service' | 'association'
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
	coordinators: string[]
	spaces: { key: string; icon: string; names: Translated; descriptions: Translated }[]
}

export interface ExampleTopic {
	lang: string
	title: string
	body: string
	daysAgo: number
	/** `by`: the same letter is the same woman in this topic; "a" asked, "m" is a mentor. */
	replies: { lang: string; by: string; body: string; hoursAfter: number }[]
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
	return { people, forum, rooms, pairs }
}
