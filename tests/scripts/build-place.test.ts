import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putInPlace } from '../../scripts/build-place.mjs'

let folder: string
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-build-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const [made, place] = ['cache/made', 'build']
const at = (...names: string[]) => path.join(folder, ...names)

/** A build of this version, beside the one that serves. */
function make(version: number) {
	for (const part of ['client/assets', 'server/assets']) {
		mkdirSync(at(made, part), { recursive: true })
		writeFileSync(at(made, part, `part-${version}.js`), `of ${version}`)
		writeFileSync(at(made, part, 'same.js'), `of ${version}`)
	}
	writeFileSync(at(made, 'server.js'), `of ${version}`)
	putInPlace(at(made), at(place))
}

const assets = (part = 'client') => readdirSync(at(place, part, 'assets')).sort()

test('the first build is put where none was', () => {
	make(1)
	expect(assets()).toEqual(['part-1.js', 'same.js'])
	expect(readFileSync(at(place, 'server.js'), 'utf8')).toBe('of 1')
	expect(existsSync(at(made))).toBe(false)
	expect(readdirSync(at('cache'))).toEqual([])
})

test('what pages and processes of the one before still ask for stays, for one build and no longer', () => {
	for (const version of [1, 2, 3]) make(version)
	for (const part of ['client', 'server']) {
		expect(assets(part)).toEqual(['part-2.js', 'part-3.js', 'same.js'])
		expect(readFileSync(at(place, part, 'assets', 'same.js'), 'utf8')).toBe('of 3')
		expect(readFileSync(at(place, part, 'assets', 'part-2.js'), 'utf8')).toBe('of 2')
	}
})
