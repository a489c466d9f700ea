import { keepPack, type Pack } from './format-packs'

const FILE = /^\/locales\/([^/]+)\/_intl\.json$/
const tagOf = (path: string) => FILE.exec(path)![1]!

/** Every pack, at build time, as the catalogues are. */
const packs = import.meta.glob<Pack>('/locales/*/_intl.json', { eager: true, import: 'default' })
for (const [path, pack] of Object.entries(packs)) keepPack(tagOf(path), pack)

/** The same files as the browser fetches them: each under a name that changes with its content. */
const files = import.meta.glob<string>('/locales/*/_intl.json', {
	eager: true,
	import: 'default',
	query: '?url',
})
const addresses = new Map(Object.entries(files).map(([path, address]) => [tagOf(path), address]))

/** Where a page that stays open finds the words for how long ago things were. */
export const packAddress = (locale: string) => addresses.get(locale) ?? addresses.get(locale.split('-')[0]!)
