import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Where files lie whose names say what is in them: those of two builds never get into each other's way. */
const NAMED_BY_CONTENT = ['client/assets', 'server/assets']
const CARRIED = '.carried.json'

/** @param {string} folder @returns {string[]} */
const filesOf = (folder) =>
	NAMED_BY_CONTENT.filter((part) => existsSync(join(folder, part))).flatMap((part) =>
		readdirSync(join(folder, part)).map((name) => `${part}/${name}`),
	)

/** @param {string} folder @returns {string[]} */
const carriedBy = (folder) =>
	existsSync(join(folder, CARRIED)) ? JSON.parse(readFileSync(join(folder, CARRIED), 'utf8')) : []

/**
 * Puts a build in the place of the one before, whose pages may be open and whose processes may serve: what those still
 * ask for stays, until the build after this one.
 * @param {string} made @param {string} place
 */
export function putInPlace(made, place) {
	const own = new Set(filesOf(made))
	const before = new Set(carriedBy(place))
	const carried = filesOf(place).filter((file) => !own.has(file) && !before.has(file))
	for (const file of carried) {
		mkdirSync(dirname(join(made, file)), { recursive: true })
		copyFileSync(join(place, file), join(made, file))
	}
	writeFileSync(join(made, CARRIED), JSON.stringify(carried))
	const old = `${made}.old`
	rmSync(old, { recursive: true, force: true })
	if (existsSync(place)) renameSync(place, old)
	renameSync(made, place)
	rmSync(old, { recursive: true, force: true })
}
