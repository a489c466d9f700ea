import { readdirSync } from 'node:fs'
import path from 'node:path'

/** All sources under a folder that are no components, as they are named from `app`. */
export const sourcesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => path.posix.join(folder.replace(/^app\//, ''), name))
		.filter((name) => name.endsWith('.ts'))

const QUOTED = /'([\w-]+)'/g
const quoted = (text: string) => [...text.matchAll(QUOTED)].map(([, word]) => word!)

/** What is asked of `intent` or `act` in so many words. */
const ASKED = /(?<!typeof (?:\w+\.)?)\b(?:intent|act)\s*[!=]==\s*'([\w-]+)'/g
const SWITCHED = /switch \((?:\w+\.)?(?:intent|act)\) \{([\s\S]*?)\n\t+\}/g
const CASES = /case '([\w-]+)':/g
/** Lists of what can be done: a map by its keys, or an array. */
const MAPS =
	/const (?:ACTS|CHANGES|FORMS|TOOLS|ON_POSTS)\b[^\n]*? = \{([\s\S]*?)\}(?: as const| satisfies [^\n]*)?\n(?:\n|$)/g
const KEYS = /(?:^|\{|,)\s*(?:async )?'?([\w-]+)'?(?=\s*[:(,]|\s*$)/gm
const ARRAYS = /const (?:SESSION_INTENTS|ACTS|DECISIONS) = \[([\s\S]*?)\] as const/g
const ENUMS = /intent: z\s*\.enum\(\[([^\]]*)\]/g

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found!)

/** Keys one tab deep, or of a map in one line. */
function keysOf(body: string): string[] {
	if (!body.includes('\n')) return all(`{${body}`, KEYS)
	return body
		.split('\n')
		.filter((line) => /^\t[^\t\s}/*]/.test(line))
		.flatMap((line) => all(line.replace(/^\t/, ''), /^(?:async )?'?([\w-]+)'?(?=\s*[:(,]|$)/g))
}

/** Every thing a form can ask for by its `intent` (or `act`, or the name of its button), as the source says. */
export const intentsIn = (text: string): string[] => [
	...all(text, ASKED),
	...all(text, SWITCHED).flatMap((body) => all(body, CASES)),
	...all(text, MAPS).flatMap(keysOf),
	...all(text, ARRAYS).flatMap(quoted),
	...all(text, ENUMS).flatMap(quoted),
]

/** Whether something is decided here by what a form wants. */
export const dispatches = (text: string) =>
	/\b(?:fields|input|raw|asked)\.(?:intent|act)\b|\{[^}]*\bintent\b[^}]*\} = |intent: z\s*\./.test(text)
