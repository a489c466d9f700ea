import { randomUUID } from 'node:crypto'
import { renderBody } from '~/features/forum/markdown.server'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'

const SCRIPTS = [
	{ lang: 'it', dir: 'ltr', words: 'con le amiche al mercato ogni mattina di sole' },
	{ lang: 'bg', dir: 'ltr', words: 'с приятелки на пазара всяка слънчева сутрин' },
	{ lang: 'ar', dir: 'rtl', words: 'مع الصديقات إلى السوق كل صباح مشمس' },
] as const

const READS = SCRIPTS.map(({ lang }) => lang)

function post(topic: number, seq: number) {
	const { lang, dir, words } = SCRIPTS[topic % SCRIPTS.length]!
	const body = Array.from({ length: 9 }, (_, at) => `${words} ${topic * 31 + seq * 7 + at}.`).join(' ')
	return {
		id: randomUUID(),
		html: renderBody(body),
		lang,
		dir,
		createdAt: new Date(1.79e12 + seq * 6e4),
		editedAt: null,
		deleted: false,
		undoable: false,
		vouchable: false,
		mine: false,
		question: seq === 1,
		seed: randomUUID(),
		author: `member${1000 + seq}`,
		aliased: false,
		badge: null,
		note: null,
		thanks: 0,
		thanked: false,
		reply: null,
	}
}

/** Fifty topics of twenty posts of about 430 characters, as many as the measured pages show. */
export const topics = Array.from({ length: 50 }, (_, at) => {
	const { lang, dir, words } = SCRIPTS[at % SCRIPTS.length]!
	const [space, topic] = [
		{ id: randomUUID(), name: { text: 'Work and courses', lang: 'en', dir: 'ltr' as const } },
		randomUUID(),
	]
	const path = `/forum/${space.id}/${topic}`
	const posts = Array.from({ length: 20 }, (_, seq) => post(at, seq + 1))
	return {
		space,
		topic: {
			id: topic,
			spaceId: space.id,
			title: `${words} ${at}`,
			lang,
			dir,
			alias: null,
			pinnedAt: null,
			lockedAt: null,
			answeredAt: null,
			answeredBy: null,
			mine: false,
		},
		posts,
		mayWrite: true,
		silence: null,
		moderates: false,
		writing: {
			key: randomUUID(),
			place: `topic:${topic}`,
			language: 'en',
			languages: LANGUAGE_TAGS,
			hasDraft: false,
			title: '',
			body: '',
			quoted: '',
			target: null,
		},
		// As for the measured woman, who reads all three and can wish for English.
		translations: {
			reader: { languages: ['en', ...READS], reads: READS, speaks: [], mayWrite: true },
			of: Object.fromEntries(posts.map(({ id }) => [id, { versions: [], wishes: [] }])),
		},
		trace: [],
		reading: { path, follows: false },
		here: path,
		told: null,
	}
})
