import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** Layers from the door inwards; a file may import its own layer's files and those after it. */
const LAYERS = ['entry', 'routes', 'example', 'features', 'platform', 'db'] as const

function layerOf(file: string): string {
	const [, first = ''] = file.split('/')
	if (['routes', 'example', 'features', 'platform', 'db', 'ui', 'enhance'].includes(first)) return first
	return 'entry'
}

/** Where each layer may look. `db` and `platform` know each other: the client needs the settings, the limits their table. */
const MAY_IMPORT: Record<string, readonly string[]> = {
	entry: ['entry', 'routes', 'example', 'features', 'platform', 'db', 'ui', 'enhance'],
	routes: ['entry', 'routes', 'features', 'platform', 'ui'],
	example: ['example', 'features', 'platform', 'db'],
	features: ['features', 'platform', 'db', 'ui'],
	ui: ['ui', 'platform'],
	platform: ['platform', 'db'],
	db: ['db', 'platform'],
	enhance: ['enhance', 'platform'],
}
/** What other features may build on. */
const SHARED_FEATURES = ['members', 'moderation']
const BANNED_FOLDERS = /(^|\/)(utils|helpers|services|common)(\/|\.tsx?$)/

const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.tsx?$/.test(name))
	.map((name) => path.posix.join('app', name.replaceAll('\\', '/')))

function importsOf(file: string): string[] {
	const source = readFileSync(file, 'utf8')
	const found = [...source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name!)
	return found
		.filter((name) => name.startsWith('.') || name.startsWith('~/'))
		.map((name) =>
			name.startsWith('~/') ? `app/${name.slice(2)}` : path.posix.join(path.posix.dirname(file), name),
		)
		.map((target) => resolveFile(target.replace(/\?.*$/, '')))
}

const known = new Set(files)
function resolveFile(target: string) {
	return [target, `${target}.ts`, `${target}.tsx`].find((name) => known.has(name)) ?? target
}

const graph = new Map(files.map((file) => [file, importsOf(file)]))

test('imports run one way: entry → routes → features → platform → db, ui below features', () => {
	const wrong = [...graph].flatMap(([file, targets]) =>
		targets
			.filter((target) => target.startsWith('app/') && !MAY_IMPORT[layerOf(file)]?.includes(layerOf(target)))
			.map((target) => `${file} → ${target}`),
	)
	expect(wrong).toEqual([])
	expect(LAYERS.length).toBeGreaterThan(0)
})

test('features import members and moderation, never each other', () => {
	const featureOf = (file: string) => /^app\/features\/([^/]+)\//.exec(file)?.[1]
	const wrong = [...graph].flatMap(([file, targets]) => {
		const own = featureOf(file)
		if (!own) return []
		return targets
			.filter((target) => {
				const other = featureOf(target)
				return other !== undefined && other !== own && !SHARED_FEATURES.includes(other)
			})
			.map((target) => `${file} → ${target}`)
	})
	expect(wrong).toEqual([])
})

test('no file imports itself through others', () => {
	const cycles: string[] = []
	const done = new Set<string>()
	const visit = (file: string, way: string[]) => {
		if (way.includes(file)) return void cycles.push([...way.slice(way.indexOf(file)), file].join(' → '))
		if (done.has(file)) return
		for (const target of graph.get(file) ?? []) visit(target, [...way, file])
		done.add(file)
	}
	for (const file of files) visit(file, [])
	expect(cycles).toEqual([])
})

test('server.ts takes the application from its build, types aside', () => {
	const source = readFileSync('server.ts', 'utf8')
	const fromApp = [...source.matchAll(/^import\s+(type\s)?.*from '\.\/app\/.*'$/gm)]
	expect(fromApp.every(([, type]) => type)).toBe(true)
})

test('files are named by what they are about, and stay small', () => {
	expect(files.filter((file) => BANNED_FOLDERS.test(file))).toEqual([])
	expect(files.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([])
	const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300)
	expect(long).toEqual([])
	const longRoutes = files.filter(
		(file) => file.startsWith('app/routes/') && readFileSync(file, 'utf8').split('\n').length > 61,
	)
	expect(longRoutes).toEqual([])
})

test('what is dangerous stands in one place each', () => {
	const holding = (pattern: RegExp, allowed: string[]) =>
		files.filter((file) => pattern.test(readFileSync(file, 'utf8')) && !allowed.includes(file))
	expect(holding(/dangerouslySetInnerHTML/, ['app/ui/prose.tsx', 'app/ui/living.tsx'])).toEqual([])
	expect(holding(/sql\.raw|\.reserve\(/, [])).toEqual([])
	// It sends on what drizzle wrote.
	expect(holding(/\.unsafe\(/, ['app/db/client.server.ts'])).toEqual([])
	expect(holding(/localStorage|serviceWorker/, [])).toEqual([])
	expect(holding(/process\.env/, ['app/platform/env.server.ts'])).toEqual([])
})
