import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build, isBuilt } from './build.mjs'
import { makeDataDir } from './data-dir.mjs'
import { Fault } from './fault.mjs'
import { install, isInstalled } from './install.mjs'
import { takeLock } from './lock.mjs'
import { say, step } from './progress.mjs'

/**
 * Installs the packages and builds the app where that is missing or stale; nothing is touched when all is there.
 * @param {{ building: boolean, leaving?: AbortSignal }} options
 */
export async function setUp({ building, leaving }) {
	if (isInstalled() && (!building || isBuilt())) return
	const release = await takeTurn()
	try {
		if (!isInstalled())
			await step('installing the packages (minutes, the first time)', () => install(leaving))
		if (building && !isBuilt()) await step('building', () => build(leaving))
	} finally {
		release()
	}
}

/** Two starts must not install over each other: the second waits for the first. */
async function takeTurn() {
	try {
		makeDataDir('.data')
		for (let waited = false; ; waited = true) {
			const lock = await takeLock('.data/setup-lock')
			if ('release' in lock) return lock.release
			if (!waited) say(`waiting: process ${lock.holder} is setting up here`)
			await sleep(250)
		}
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error)
		if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
			throw new Fault(
				`cannot write into ${resolve('.')}: make it writable for this user, packages and build go there`,
			)
		throw error
	}
}
