import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { roomTexts } from '~/features/chat/components/room-texts'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'

const NAMESPACES = readdirSync('locales/en')
	.filter((file) => !file.startsWith('_'))
	.map((file) => file.replace('.json', ''))

/** Files that a file loads, now or later; types are gone when it runs. */
function loadedBy(file: string): { own: string[]; others: string[] } {
	const source = readFileSync(file, 'utf8')
	const found = [
		...source.matchAll(/^(?:import|export)\s(?!type\s)[^'"]*?from '([^']+)'/gm),
		...source.matchAll(/\bimport\('([^']+)'\)/g),
	].map(([, name]) => name!)
	const own = found.filter((name) => /^(\.|~\/)/.test(name))
	const at = (name: string) =>
		name.startsWith('~/') ? `app/${name.slice(2)}` : path.join(path.dirname(file), name)
	return {
		own: own.map((name) => [`${at(name)}.ts`, `${at(name)}.tsx`].find((known) => existsSync(known))!),
		others: found.filter((name) => !own.includes(name)),
	}
}

function reachedFrom(file: string, found = new Set([file])) {
	for (const next of loadedBy(file).own) if (!found.has(next)) reachedFrom(next, found.add(next))
	return [...found]
}

const loaded = reachedFrom('app/entry.client.tsx')

describe('what the browser loads for a room', () => {
	test('is code of pages alone: no schema, no server', () => {
		expect(loaded).toContain('app/features/chat/live/live-room.ts')
		expect(loaded.filter((file) => /\.(server|schema)\.tsx?$/.test(file))).toEqual([])
		const packages = new Set(loaded.flatMap((file) => loadedBy(file).others))
		expect([...packages].sort()).toEqual(['react', 'react-dom/client', 'react-i18next', 'socket.io-client'])
	})
})

/** The keys a file names: whole, and beginnings that are filled in. */
const namedIn = (file: string) =>
	[
		...readFileSync(file, 'utf8').matchAll(
			new RegExp(`['\`]((?:${NAMESPACES.join('|')}):[\\w.-]+)(\\$\\{)?`, 'g'),
		),
	].map(([, key, open]) => ({ key: key!.replace(/\.$/, ''), open: open !== undefined }))

function has(texts: object, key: string) {
	const found = key
		.split(/[:.]/)
		.reduce<unknown>((at, word) => (at as Record<string, unknown>)?.[word], texts)
	if (found !== undefined) return true
	const last = key.split(/[:.]/)
	const word = last.pop()!
	const around = last.reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], texts)
	return Object.keys((around as object) ?? {}).some((name) => name.startsWith(`${word}_`))
}

/** Files on the server that refuse what is done in a room, and say why in a key. */
const refusing = readdirSync('app/features/chat', { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.(server|schema|policy)\.ts$/.test(name))
	.map((name) => `app/features/chat/${name}`)
	.concat(['app/platform/http.server.ts', 'app/features/chat/chat.schema.ts'])

describe.each(UI_LOCALES)('the texts of a room in %s', (locale) => {
	const texts = {
		private: roomTexts(i18nFor(locale), 'private'),
		session: roomTexts(i18nFor(locale), 'session'),
	}

	test('have all that its components say', () => {
		const named = loaded.flatMap(namedIn)
		expect(named.length).toBeGreaterThan(80)
		expect(named.filter(({ key }) => !has(texts.session, key))).toEqual([])
		const everywhere = named.filter(({ key }) => !key.startsWith('sessions:'))
		expect(everywhere.filter(({ key }) => !has(texts.private, key))).toEqual([])
	})

	test('have every reason why something is refused', () => {
		const named = refusing.flatMap(namedIn).filter(({ key }) => key.startsWith('errors:'))
		expect(named.length).toBeGreaterThan(5)
		expect(named.filter(({ key }) => !has(texts.private, key))).toEqual([])
	})

	test('leave out what other pages say', () => {
		const all = NAMESPACES.map((name) => i18nFor(locale).getResourceBundle(locale, name) as object)
		expect(JSON.stringify(texts.session).length).toBeLessThan(JSON.stringify(all).length / 8)
	})
})
