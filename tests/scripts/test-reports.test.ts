import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlaywrightReport, readVitestReport } from '../../scripts/test-reports.mjs'

let folder: string

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mimosa-reports-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function reportOf(content: object) {
	const file = path.join(folder, 'report.json')
	writeFileSync(file, JSON.stringify(content))
	return file
}

test('tests that failed are named, with what was wrong in one line', () => {
	const report = reportOf({
		numPassedTests: 7,
		numPendingTests: 1,
		numTodoTests: 1,
		testResults: [
			{
				name: '/house/tests/a.test.ts',
				status: 'passed',
				message: '',
				assertionResults: [{ status: 'passed' }],
			},
			{
				name: '/house/tests/b.test.ts',
				status: 'failed',
				message: '',
				assertionResults: [
					{ status: 'passed', fullName: 'another' },
					{
						status: 'failed',
						fullName: 'a room is told',
						failureMessages: [
							'Error: \u001b[31mexpected 3\n  to be 4\u001b[39m\n    at /house/tests/b.test.ts:3:1',
						],
					},
				],
			},
			{ name: '/house/tests/c.test.ts', status: 'failed', message: 'Cannot find x', assertionResults: [] },
		],
	})
	expect(readVitestReport(report, '/house')).toEqual({
		passed: 7,
		failed: 2,
		skipped: 2,
		failures: [
			'tests/b.test.ts › a room is told: Error: expected 3 to be 4',
			'tests/c.test.ts: Cannot find x',
		],
	})
})

test('a journey that passed only the second time is one that failed', () => {
	const spec = (title: string, status: string, message?: string) => ({
		title,
		file: 'rooms.spec.ts',
		tests: [{ status, results: message ? [{ error: { message } }, {}] : [{}] }],
	})
	const report = reportOf({
		stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 },
		suites: [
			{
				title: 'rooms.spec.ts',
				specs: [spec('enters', 'expected'), spec('leaves', 'flaky', 'Timed out')],
				suites: [{ title: 'in Arabic', specs: [spec('writes', 'unexpected', 'Error: no\nbutton')] }],
			},
		],
	})
	expect(readPlaywrightReport(report)).toEqual({
		passed: 3,
		failed: 2,
		skipped: 0,
		failures: ['rooms.spec.ts › leaves: Timed out', 'rooms.spec.ts › writes: Error: no button'],
	})
})

test('a long failure takes no more than a line', () => {
	const report = reportOf({
		numPassedTests: 0,
		numPendingTests: 0,
		numTodoTests: 0,
		testResults: [{ name: 'x', status: 'failed', message: 'word '.repeat(500), assertionResults: [] }],
	})
	expect(readVitestReport(report).failures?.[0]?.length).toBeLessThanOrEqual(240)
})
