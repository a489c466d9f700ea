import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// A job that nobody starts passes its own tests, and the privacy page promises what never happens.
const house = readFileSync('app/house.server.ts', 'utf8')
const FEATURES = 'app/features'
const files = readdirSync(FEATURES, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.server.ts'),
)
const jobs = files.flatMap((file) => {
	const source = readFileSync(path.join(FEATURES, file), 'utf8')
	return source.includes('keepDoing(')
		? [...source.matchAll(/^export (?:const|function) (keep\w+)/gm)].map(([, name = '']) => name)
		: []
})

test('there are jobs', () => expect(jobs).toContain('keepDeletingNotices'))

test.each(jobs)('the house begins %s', (job) => {
	expect(house).toMatch(new RegExp(`^\\t${job}\\(`, 'm'))
})
