import type { i18n } from 'i18next'
import type { RoomKind } from '../chat.policy'

type Choice = { but: readonly string[] } | { only: readonly string[] }

/** What the browser needs of the catalogue to go on with a room: not what other pages say, nor what stands around it. */
const ROOM: Record<string, Choice> = {
	blocks: { only: ['blockHer'] },
	chat: { but: [] },
	common: { but: ['example', 'exit', 'footer', 'language', 'nav', 'notices', 'skip', 'unread'] },
	editions: { only: ['first'] },
	errors: {
		only: [
			...[
				'conflict',
				'forbidden',
				'invalid',
				'not-found',
				'not-signed-in',
				'too-large',
				'too-many',
				'unavailable',
			],
			...['choose', 'empty', 'notLanguage', 'notNumber', 'notUnderstood', 'strange', 'strangeCharacters'],
			...['tooLong', 'tooMany', 'tooMuch'],
		],
	},
	keeping: { but: [] },
	measures: { only: ['refused', 'silenced'] },
}
const SESSION: Record<string, Choice> = { sessions: { but: ['doors', 'list', 'plan'] } }

/** A word of the catalogue without the ending that says how many. */
const wordOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')

const isChosen = (key: string, choice: Choice) =>
	'only' in choice ? choice.only.includes(wordOf(key)) : !choice.but.includes(key)

type Texts = Record<string, object>

/** The texts of a kind of room in the language of the page; what it has no word for is in English. */
export function roomTexts(
	{ language, getResourceBundle }: Pick<i18n, 'language' | 'getResourceBundle'>,
	kind: RoomKind,
) {
	const choices = Object.entries(kind === 'session' ? { ...ROOM, ...SESSION } : ROOM)
	return Object.fromEntries(
		choices.map(([namespace, choice]) => {
			const texts: Texts = getResourceBundle(language, namespace) ?? getResourceBundle('en', namespace)
			return [namespace, Object.fromEntries(Object.entries(texts).filter(([key]) => isChosen(key, choice)))]
		}),
	)
}
