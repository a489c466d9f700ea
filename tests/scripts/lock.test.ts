import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from '../../scripts/lock.mjs'

let folder: string
let file: string

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-lock-'))
	file = path.join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A process that has come and gone. */
async function deadPid() {
	const child = spawn(process.execPath, ['-e', ''])
	await once(child, 'exit')
	return child.pid!
}

test('the second taker is told who holds it, and gets it once it is free', async () => {
	const first = await takeLock(file)
	expect(await takeLock(file)).toEqual({ holder: process.pid })
	if ('release' in first) first.release()
	expect(await takeLock(file)).toHaveProperty('release')
})

test.each([
	['of a process that was killed', async () => `${await deadPid()} `],
	['of a process whose number another one has now', async () => `${process.pid} another-boot:1\n`],
	['that was never written', async () => ''],
	['that is no lock', async () => 'garbage'],
])('a lock %s does not count', async (_, content) => {
	writeFileSync(file, await content())
	expect(await takeLock(file)).toHaveProperty('release')
	expect(readFileSync(file, 'utf8')).toContain(String(process.pid))
})

test('of many takers at once one gets it', async () => {
	writeFileSync(file, `${await deadPid()} `)
	const taken = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)))
	expect(taken.filter((lock) => 'release' in lock)).toHaveLength(1)
})
