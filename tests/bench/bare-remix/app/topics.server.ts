import { randomUUID } from 'node:crypto'
import { renderBody } from '~/features/forum/markdown.server'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'

const SCRIPTS = [
	{ lang: 'it', dir: 'ltr', words: 'con le amiche al mercato ogni mattina di sole' },
	{ lang: 'bg', dir: 'ltr', words: 'с приятелки на пазара всяка слънчева сутрин' },
	{ lang: 'ar', dir: 'rtl', words: 'مع الصديقات إلى السوق كل صباح مشمس' },
] as const

function post(topic: number, seq: number) {
	const { lang, dir, words } = SCRIPTS[topic % SCRIPTS.length]!
	const body = Array.from({ length: 9 }, (_, at) => `${words} ${topic * 31 + seq * 7 + at}.`).join(' ')
	return {
		id: randomUUID(),
		seq,
		html: renderBody(body),
		lang,
		dir,
		createdAt: new Date(1.79e12 + seq * 6e4),
		authorId: randomUUID(),
		author: `member${1000 + seq}`,
		badge: null,
	}
}

/** Fifty topics of twenty posts of about 430 characters, as many as the measured pages show. */
export const topics = Array.from({ length: 50 }, (_, at) => {
	const { lang, dir, words } = SCRIPTS[at % SCRIPTS.length]!
	return {
		space: { id: randomUUID(), name: 'Work and courses' },
		topic: { id: randomUUID(), title: `${words} ${at}`, lang, dir },
		posts: Array.from({ length: 20 }, (_, seq) => post(at, seq + 1)),
		mayWrite: true,
		writing: { key: randomUUID(), language: 'en', languages: LANGUAGE_TAGS },
	}
})
