import { type Answer, Browser, type Door, fieldsOf } from './browser'
import { type Community, PASSPHRASE } from './community'

/** How often each thing is done, a second. */
export type Rates = Record<ActName, number>
export type ActName = keyof ReturnType<typeof actsOf>

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

function expectPage({ status, text }: Answer, marker: string) {
	if (status !== 200) throw new Error(`answered ${status}`)
	if (!text.endsWith('</html>') || !text.includes(marker)) throw new Error(`a page without ${marker}`)
}

function expectLeading({ status, headers }: Answer): string {
	if (status !== 303 || !headers.location) throw new Error(`answered ${status} instead of leading on`)
	return headers.location
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** In letters: what looks like a telephone number is asked about before it is published. */
const inLetters = (number: number): string =>
	(number >= 26 ? inLetters(Math.floor(number / 26) - 1) : '') + LETTERS[number % 26]

let written = 0
/** Another text each time: the same words twice in a short while are asked about. */
function somethingNew() {
	written += 1
	return `I asked at the office about the papers for the school and they told me to come again on a Monday morning, ${inLetters(written)}.`
}

/** What women do at their phones. Each resolves when it was done right, and rejects with what was wrong. */
export function actsOf(community: Community, door: Door) {
	const { people, topics, spaces, searches, rooms } = community
	// The first ones sign in and out; the others stay signed in.
	const entering = people.slice(0, Math.ceil(people.length / 5))
	const staying = people.slice(entering.length)
	const woman = () => {
		const place = Math.floor(Math.random() * staying.length)
		return new Browser(door, staying[place]!, place)
	}
	const read = (path: () => string, marker: string) => async () =>
		expectPage(await woman().get(path()), marker)

	async function reply() {
		const her = woman()
		const path = pick(topics)
		const page = await her.get(path)
		expectPage(page, 'id="answer-form"')
		const body = somethingNew()
		const sent = await her.post(path, { ...fieldsOf(page.text, 'answer-form'), body })
		expectPage(await her.get(expectLeading(sent).split('#')[0]!), body)
	}

	async function signIn() {
		const place = Math.floor(Math.random() * entering.length)
		const her = new Browser(door, entering[place]!, staying.length + place, false)
		const fields = { handle: her.person.handle, passphrase: PASSPHRASE, device: 'own' }
		const path = expectLeading(await her.post('/sign-in', fields))
		expectPage(await her.get(path), 'href="/forum"')
		expectLeading(await her.post('/sign-out', {}))
	}

	return {
		topic: read(() => pick(topics), 'data-item="post"'),
		list: read(() => pick(spaces), 'data-item="topic"'),
		spaces: read(() => '/forum', 'data-item="space"'),
		home: read(() => '/', 'data-item="topic"'),
		search: read(() => pick(searches), 'name="q"'),
		room: read(() => `/chat/${pick(rooms)}`, 'name="body"'),
		reply,
		signIn,
	}
}
