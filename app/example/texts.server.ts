import type { CONTENT_NOTES, Translated } from '~/db/schema/forum'
import type { LanguageLevels } from '~/db/schema/mentoring'
import type { Reaction } from '~/features/chat/chat.limits'
import type { Reason, Rule } from '~/features/moderation/moderation.words'

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

export interface ExampleMentor {
	handle: string
	languages: LanguageLevels
	needs: string[]
	words: string
	capacity: number
	/** ISO code of the country she comes from, and the town she lives in: kept as hashes, as everyone's. */
	from: string
	town?: string
	how: string[]
	/** Parts of the week, as `3-evening`: 0 is Monday. */
	free: string[]
	reference: string
	/** Vetted and well, unless it says otherwise. */
	standing?: 'ends' | 'expired' | 'herself' | 'lapses' | 'untrained' | 'waiting'
}

export interface ExamplePeople {
	organisations: {
		key: string
		name: string
		/** The name in other letters, and what it does, by locale tag. */
		names?: Record<string, string>
		abouts?: Record<string, string>
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
	mentors: ExampleMentor[]
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
	/** The space it belongs to; left out where it is there for everyone. */
	space?: string
	/** What nobody on duty reads waits; and what does so now. */
	holds?: boolean
	held?: ExampleLine[]
	/** When its talk began; left out where that is a matter of its place in the list. */
	daysAgo?: number
	names: Translated
	about: Translated
	languages: string[]
	messages: ExampleLine[]
}

/** Something said. `re` and `of`: which message of the list it answers, or says in another language. */
export interface ExampleLine {
	by: string
	lang: string
	body: string
	minutesAfter: number
	re?: number
	of?: number
	/** Who put which sign under it. */
	signs?: Partial<Record<Reaction, string[]>>
	/** Who would like to read it in which language. */
	wanted?: Record<string, string[]>
}

/** A talk led by a host. Women are named by their handles: who leads must be one whose work it is. */
export interface ExampleSession {
	key: string
	state: 'planned' | 'open' | 'ended'
	host: string
	cohost?: string
	people: string[]
	/** At the door; and those of `people` who would like to speak. */
	waiting?: string[]
	hands?: string[]
	lang: string
	languages: string[]
	name: string
	about: string
	rules: string
	agenda: string[]
	step?: number
	size: number
	minutes: number
	/** From the moment it is loaded; negative where it has begun. */
	startsInMinutes: number
	doors: 'lobby' | 'open'
	/** The message that stays in sight. */
	pinned?: number
	note?: string
	messages: { by: string; lang: string; body: string; minutesAfter: number }[]
}

/** A small room of women who invited one another, all named by their handles. */
export interface ExampleCircle {
	host: string
	people: string[]
	/** Who has not answered yet. */
	invited?: string[]
	lang: string
	name: string
	messages: { by: string; lang: string; body: string; minutesAfter: number }[]
}

interface ExampleMeeting {
	by: 'mentor' | 'mentee'
	/** Days from the day it is loaded, and the hour on the clock of `zone`. */
	inDays: number
	hour: number
	minutes: number
	how: 'write' | 'voice' | 'meet'
	zone: string
	status: 'proposed' | 'agreed' | 'cancelled'
}

export interface ExamplePair {
	mentor: string
	mentee: string
	status: 'chosen' | 'proposed' | 'asked' | 'accepted' | 'declined' | 'lapsed' | 'withdrawn' | 'ended'
	needs: string[]
	lang: string
	words: string
	daysAgo: number
	messages: { by: 'mentor' | 'mentee'; body: string; minutesAfter: number }[]
	/** Her place in the line of those who are chosen. */
	place?: number
	/** Brought together by the round; she has said yes to it. */
	round?: true
	menteeYes?: true
	/** After the first talks she chose to go on. */
	settled?: true
	paused?: 'mentor' | 'mentee'
	endedBy?: 'mentor' | 'mentee'
	/** The other reads only that it has ended. */
	quiet?: true
	/** Handle of the woman in the third seat. */
	interpreter?: string
	meetings?: ExampleMeeting[]
	goals?: { by: 'mentor' | 'mentee'; body: string; steps: { body: string; done: boolean }[] }[]
	notes?: { by: 'mentor' | 'mentee'; shared: boolean; body: string; daysAgo: number }[]
	feedback?: { mentee?: 'good' | 'middling' | 'bad'; mentor?: 'good' | 'middling' | 'bad' }
}

/** Whom the example's round found no mentor for. */
export interface ExampleUnmatched {
	mentee: string
	why: { kind: 'nobody' | 'full'; mentors?: number }
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

/** Something that was reported: what it says, by whom and why it was reported, and what moderators made of it. */
export interface ExampleCase {
	space: string
	lang: string
	by: string
	title: string
	body: string
	hoursAgo: number
	reports: { by: string; reason: Reason; words: string; hoursAgo: number }[]
	/** A moderator who does not read it asks for it in another language. */
	wished?: { by: string; language: string }
	/** A moderator looks at it right now, and has left a note. */
	claimed?: { by: string; note: string }
	decision?: { by: string; hoursAgo: number } & (
		| { decision: 'dismissed' }
		| { decision: 'folded' | 'hidden' | 'removed'; rule: Rule; words: string }
	)
	appeal?: { words: string; hoursAgo: number }
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
	const { sessions } = await read<{ sessions: ExampleSession[] }>('sessions')
	const { circles } = await read<{ circles: ExampleCircle[] }>('circles')
	const { pairs, unmatched } = await read<{ pairs: ExamplePair[]; unmatched: ExampleUnmatched[] }>('pairs')
	const { own } = await read<{ own: ExampleOwn[] }>('own')
	const queue = await read<ExampleCase[]>('queue')
	return { people, queue, forum, rooms, sessions, circles, pairs, unmatched, own }
}

export type ExampleTexts = Awaited<ReturnType<typeof readTexts>>
