import { z } from 'zod'
import { lookOut } from './lookouts.server'
import { once } from './once.server'
import { signal } from './signals.server'

/**
 * Something of the database that every request asks for and that hardly ever changes: kept in memory, read at the start
 * (`refresh`) and again as soon as it was changed (`changed`, after COMMIT), here and in every other process.
 */
export function keptInMemory<T>(name: string, before: T, read: () => Promise<T>) {
	const cell = once(`kept:${name}`, () => ({ value: before }))
	const refresh = async () => {
		cell.value = await read()
	}
	const tell = signal(`kept:${name}`, z.object({}), refresh, () => name)
	// Where a signal was lost.
	lookOut(`kept.${name}`, refresh)
	return {
		/** As it was read last. */
		now: () => cell.value,
		refresh,
		async changed() {
			await refresh()
			tell({})
		},
	}
}
