import { describe, expect, test } from 'vitest'
import { cases, reports, statements } from '~/db/schema/moderation'
import { decisionOf, kindOf, REASON, RULE, recordOf } from '~/features/moderation/components/labels'
import { excerptOf } from '~/features/moderation/excerpt'
import {
	APPEAL_DAYS,
	type CaseFacts,
	canAppeal,
	canSeeCase,
	canUndo,
	UNDO_MINUTES,
	whyNotHers,
} from '~/features/moderation/moderation.policy'
import { Decide, Report } from '~/features/moderation/moderation.schema'
import { REASONS, RULES } from '~/features/moderation/moderation.words'
import type { Actor, Grant, Role } from '~/platform/actor'
import { cursorOf, placeAt, readCursor, timeOf } from '~/platform/cursor'
import { graphemes } from '~/platform/text'

const NOW = new Date('2026-11-22T10:00:00Z')
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

const grant = (role: Role, spaceId: string | null = null): Grant => ({
	role,
	spaceId,
	organisationId: null,
	languages: null,
})
const actor = (id: string, ...grants: Grant[]): Actor => ({
	id,
	handle: id,
	sessionId: 's',
	device: 'own',
	status: 'active',
	locale: null,
	secondLocale: null,
	calendar: null,
	nastaliq: false,
	hostCountry: null,
	reads: [],
	speaks: [],
	grants,
	organisations: [],
	vouched: true,
	restraints: [],
	rulesVersion: 'test',
	blocked: [],
	unread: 0,
	recovery: null,
	secondFactorDue: 'no',
	freshAt: NOW,
})

const open: CaseFacts = {
	authorId: 'author',
	spaceId: 'work',
	private: false,
	lang: 'el',
	danger: false,
	covered: true,
	apart: false,
	notOrganisations: [],
	status: 'open',
	decision: null,
	decidedAt: null,
	decidedBy: null,
	notBy: null,
	reportedByHer: false,
}
const message = { ...open, spaceId: null }
const inPrivate = { ...message, private: true }

describe('which cases exist for whom', () => {
	test.each([
		['a member', actor('m'), [false, false, false]],
		['a mentor', actor('t', grant('mentor')), [false, false, false]],
		['a coordinator', actor('a', grant('coordinator')), [false, false, false]],
		['a practitioner', actor('c', grant('practitioner')), [false, false, false]],
		['a moderator of this space', actor('f', grant('moderator', 'work')), [true, false, false]],
		['a moderator of another space', actor('f', grant('moderator', 'papers')), [false, false, false]],
		['a moderator of everything', actor('g', grant('moderator')), [true, true, true]],
		['the author, though she moderates', actor('author', grant('moderator')), [false, false, false]],
		[
			'a moderator who is suspended',
			{ ...actor('g', grant('moderator')), status: 'suspended' as const },
			[false, false, false],
		],
	])('%s', (_who, who, expected) => {
		expect([open, message, inPrivate].map((facts) => canSeeCase(who, facts))).toEqual(expected)
	})
})

test.each([
	['nothing against it', {}, undefined],
	['she reported it herself', { reportedByHer: true }, 'own-report'],
	['she decided what is appealed against', { notBy: 'g' }, 'own-decision'],
	['another decided that', { notBy: 'h' }, undefined],
])('whether a case is hers to decide: %s', (_why, change, expected) => {
	expect(whyNotHers(actor('g', grant('moderator')), { ...open, ...change })).toBe(expected)
})

describe('taking a decision back', () => {
	const decided = {
		...open,
		status: 'decided' as const,
		decision: 'hidden' as const,
		decidedBy: 'g',
		decidedAt: minutesAgo(1),
	}
	test.each([
		['her own, a minute ago', decided, true],
		[
			'her own, just before the time is over',
			{ ...decided, decidedAt: minutesAgo(UNDO_MINUTES - 0.1) },
			true,
		],
		['her own, too long ago', { ...decided, decidedAt: minutesAgo(UNDO_MINUTES) }, false],
		['of another moderator', { ...decided, decidedBy: 'h' }, false],
		['what she showed again after an appeal', { ...decided, decision: 'restored' as const }, false],
		['what nobody has decided', open, false],
	])('%s', (_what, facts, expected) => {
		expect(canUndo(actor('g', grant('moderator')), facts, NOW)).toBe(expected)
	})
})

describe('asking for another look', () => {
	const statement = { createdAt: minutesAgo(5), undoneAt: null, appealedAt: null }
	test.each([
		['a new decision', statement, true],
		['one of half a year ago', { ...statement, createdAt: minutesAgo(APPEAL_DAYS * 24 * 60) }, false],
		['one that was taken back', { ...statement, undoneAt: minutesAgo(1) }, false],
		['one she has asked about', { ...statement, appealedAt: minutesAgo(1) }, false],
	])('%s', (_what, facts, expected) => {
		expect(canAppeal(facts, NOW)).toBe(expected)
	})
})

describe('what is accepted', () => {
	const report = { kind: 'post', id: 'x', reason: 'rude' }
	const decision = { case: 'x', decision: 'hide', rule: 'insult' }
	test.each([
		['a reason is enough', Report, report, []],
		['no reason', Report, { ...report, reason: undefined }, ['reason']],
		['an unknown reason', Report, { ...report, reason: 'boring' }, ['reason']],
		['two reasons', Report, { ...report, reason: ['rude', 'asks'] }, ['reason']],
		['with words', Report, { ...report, words: 'This is why' }, []],
		['words too long', Report, { ...report, words: 'a'.repeat(1001) }, ['words']],
		['1,000 family emoji', Report, { ...report, words: '👩‍👧'.repeat(1000) }, ['words']],
		['a sign nobody can store', Report, { ...report, words: 'a\u0000' }, ['words']],
		['hiding by a rule', Decide, decision, []],
		['hiding without a rule', Decide, { ...decision, rule: undefined }, ['rule']],
		['hiding by another rule without saying which', Decide, { ...decision, rule: 'other-rule' }, ['words']],
		['leaving it needs no rule', Decide, { case: 'x', decision: 'dismiss' }, []],
		['no decision', Decide, { case: 'x' }, ['decision']],
		['a decision nobody knows', Decide, { case: 'x', decision: 'ban' }, ['decision']],
	])('%s', (_what, schema, raw, fields) => {
		const result = schema.safeParse(raw)
		expect(result.error?.issues.map(({ path }) => path[0]) ?? []).toEqual(fields)
	})
})

describe('the beginning of a text', () => {
	test.each([
		['stays as it is when short', 'Ciao\n  a tutte ', 'Ciao a tutte'],
		['is cut with a sign', 'x'.repeat(200), `${'x'.repeat(140)}…`],
		['is empty for an empty text', '', ''],
	])('%s', (_what, text, expected) => expect(excerptOf(text)).toBe(expected))

	test('is never cut inside a letter', () => {
		const cut = excerptOf('👩‍👧‍👦'.repeat(200))
		expect(cut).toBe(`${'👩‍👧‍👦'.repeat(140)}…`)
		expect(graphemes(cut)).toBe(141)
	})
})

test.each([
	null,
	'',
	'_',
	'5',
	'x_y',
	'12_not-an-id',
	`99999999999999999_${crypto.randomUUID()}`,
	'<script>',
])('an address that names no place in a list (%s) is its beginning', (cursor) =>
	expect(readCursor(cursor)).toBeUndefined(),
)

test('a place in a list comes back as it went out', () => {
	const place = placeAt(NOW, crypto.randomUUID())
	expect(readCursor(cursorOf(place))).toEqual(place)
	expect(timeOf(place)).toBe(NOW.toISOString().replace('Z', '000Z'))
})

test('every word the database may hold has a text and a picture', () => {
	expect(Object.keys(REASON)).toEqual([...REASONS])
	expect(Object.keys(RULE)).toEqual([...RULES])
	expect(reports.reason.enumValues).toEqual([...REASONS])
	expect(statements.rule.enumValues).toEqual([...RULES])
	for (const decision of cases.decision.enumValues)
		expect(recordOf(`moderation.${decision}`, 'post')).toEqual(decisionOf(decision, 'post'))
	expect(decisionOf('upheld', 'member').label).not.toBe(decisionOf('upheld', 'post').label)
	expect(kindOf('a kind of tomorrow').label).toBe('moderation:kind.other')
})
