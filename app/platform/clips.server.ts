import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { once } from './once.server'

/** Recordings lie here as public/audio/<locale>/<key>.<ending> (docs/recording.md); server.ts serves them. */
const FOLDER = 'public/audio'
/** The best first: half the bytes, then what every phone plays. */
const ENDINGS = ['opus', 'm4a', 'mp3'] as const
const NAME = new RegExp(`^([a-z]+\\.[\\w.]+)\\.(${ENDINGS.join('|')})$`)

/** By the key of the text ("safety:help.lead"): the addresses of its clip, the best first, one space between. */
export type Clips = Readonly<Record<string, string>>

const known = once('clips', () => new Map<string, { changed: number; clips: Clips }>())

/** With what tells one version of a file from the next, so that a phone may keep it for good. */
function addressOf(folder: string, locale: string, name: string) {
	const { mtimeMs, size } = statSync(path.join(folder, name))
	return `/audio/${locale}/${name}?v=${Math.round(mtimeMs).toString(36)}${size.toString(36)}`
}

function readClips(folder: string, locale: string): Clips {
	const files = readdirSync(folder).flatMap((name) => {
		const [, key, ending] = NAME.exec(name) ?? []
		return key ? [{ name, key: key.replace('.', ':'), rank: ENDINGS.indexOf(ending as 'opus') }] : []
	})
	const clips: Record<string, string> = {}
	for (const { name, key } of files.sort((a, b) => a.rank - b.rank))
		clips[key] = [clips[key], addressOf(folder, locale, name)].filter(Boolean).join(' ')
	return clips
}

/** The recordings of a locale. The folder is read again only when something was put into it or taken out. */
export function clipsOf(locale: string, root = FOLDER): Clips {
	const folder = path.join(root, locale)
	const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
	if (changed === undefined) return {}
	const before = known.get(folder)
	if (before?.changed === changed) return before.clips
	const clips = readClips(folder, locale)
	known.set(folder, { changed, clips })
	return clips
}
