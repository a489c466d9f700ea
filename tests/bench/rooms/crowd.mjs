import { fork } from 'node:child_process'
import { join } from 'node:path'

/** Many sockets in a process of their own (crowd-process.mjs). */
export function aCrowd() {
	const child = fork(join(import.meta.dirname, 'crowd-process.mjs'), { serialization: 'advanced' })
	/** @type {{ resolve(value: any): void, reject(error: Error): void } | undefined} */
	let waiting
	child.on('message', (/** @type {{ done?: any, fault?: string }} */ { done, fault }) =>
		fault === undefined ? waiting?.resolve(done) : waiting?.reject(new Error(fault)),
	)
	child.on('exit', (code) => waiting?.reject(new Error(`the crowd ended with ${code}`)))
	/** @param {string} command @param {object} [given] @returns {Promise<any>} */
	const ask = (command, given = {}) =>
		new Promise((resolve, reject) => {
			waiting = { resolve, reject }
			child.send({ command, given })
		})
	return {
		ask,
		async close() {
			if (child.exitCode !== null) return
			const ended = new Promise((done) => child.once('exit', done))
			await ask('close').catch(() => child.kill('SIGKILL'))
			await ended
		},
	}
}
