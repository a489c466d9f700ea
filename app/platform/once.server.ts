const holder = globalThis as { __mimosa?: Map<string, unknown> }
holder.__mimosa ??= new Map()
const kept = holder.__mimosa

/**
 * Makes a thing once per process, also when Vite loads a module a second time in development: two pools or two
 * socket servers would lose messages without a word.
 */
export function once<T>(name: string, make: () => T): T {
	if (!kept.has(name)) kept.set(name, make())
	return kept.get(name) as T
}
