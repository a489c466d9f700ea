/** A member as her browser knows her: the cookie of her session, and her name. */
export interface Person {
	id: string
	handle: string
	cookie: string
}

const TOKEN = /mimosa=([\w-]{43})/

/** Sends a form of ours, as a browser does that has no scripts. */
export async function post(origin: string, path: string, fields: Record<string, string>, cookie = '') {
	const answer = await fetch(origin + path, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin, 'sec-fetch-site': 'same-origin', cookie },
		body: new URLSearchParams(fields),
	})
	const text = await answer.text()
	if (answer.status >= 400)
		throw new Error(`${path} was answered with ${answer.status}: ${text.slice(0, 300)}`)
	return answer
}

/** Joins by the form. */
export async function aPerson(origin: string, handle: string): Promise<Omit<Person, 'id'>> {
	const passphrase = 'seven quiet rivers run'
	const fields = { handle, passphrase, device: 'own', rules: 'yes', age: 'yes' }
	const token = TOKEN.exec((await post(origin, '/join', fields)).headers.get('set-cookie') ?? '')?.[1]
	if (!token) throw new Error(`${handle} joined without a session`)
	return { handle, cookie: `mimosa=${token}` }
}

/** Several at once, as many as hash passphrases side by side. */
export async function somePeople(origin: string, names: readonly string[]) {
	const people: Omit<Person, 'id'>[] = []
	for (let at = 0; at < names.length; at += 4)
		people.push(...(await Promise.all(names.slice(at, at + 4).map((name) => aPerson(origin, name)))))
	return people
}
