import { describe, expect, test } from 'vitest'
import {
	ACTS,
	actsFor,
	decisionsFor,
	isHersToDo,
	mayDecide,
	sideOf,
	statusAfterEdit,
	whyNotAsk,
} from '~/features/mentoring/mentoring.policy'
import { AskForm, OfferForm } from '~/features/mentoring/mentoring.schema'

const offer = (change: Record<string, unknown> = {}) =>
	OfferForm.safeParse({
		language1: 'ar',
		level1: 'well',
		language2: '',
		level2: 'talk',
		needs: 'work',
		words: '',
		language: 'ar',
		capacity: '2',
		...change,
	})

describe('the form of an offer', () => {
	test('empty rows say nothing, a language named twice keeps the better level', () => {
		const parsed = offer({
			language2: 'it',
			level2: 'well',
			language3: 'it',
			level3: 'understand',
			level4: 'talk',
		})
		expect(parsed.data).toMatchObject({ languages: { ar: 'well', it: 'well' }, needs: ['work'], capacity: 2 })
	})

	test('boxes count once, in our order, and what else is sent is not looked at', () => {
		const parsed = offer({ needs: ['papers', 'work', 'papers'], status: 'vetted', load: '5', memberId: 'x' })
		expect(parsed.data).toEqual({
			languages: { ar: 'well' },
			needs: ['work', 'papers'],
			words: '',
			language: 'ar',
			capacity: 2,
		})
	})

	test.each([
		['no language', { language1: '' }, 'language1', 'errors:notLanguage'],
		['no such language', { language1: 'xx' }, 'language1', 'errors:notLanguage'],
		['no such level', { level1: 'perfect' }, 'level1', 'errors:choose'],
		['no need', { needs: undefined }, 'needs', 'errors:chooseSome'],
		['no such need', { needs: ['work', 'love'] }, 'needs', 'errors:choose'],
		['six women', { capacity: '6' }, 'capacity', 'errors:choose'],
		['no number', { capacity: '' }, 'capacity', 'errors:choose'],
		['half a woman', { capacity: '1.5' }, 'capacity', 'errors:choose'],
		['too many words', { words: 'a'.repeat(1_501) }, 'words', 'errors:tooLong'],
		['too many bytes', { words: '👩‍👩‍👧‍👦'.repeat(500) }, 'words', 'errors:tooLong'],
		['no language of the words', { language: '' }, 'language', 'errors:notLanguage'],
	])('%s is refused at its field', (_what, change, field, message) => {
		const issues = offer(change).error?.issues.map(({ path, message: key }) => [path[0], key])
		expect(issues).toEqual([[field, message]])
	})

	test('all that is missing is said at once', () => {
		const issues = offer({ language1: '', needs: undefined, capacity: '9' }).error?.issues
		expect(issues?.map(({ path }) => path[0]).sort()).toEqual(['capacity', 'language1', 'needs'])
	})
})

test('a request needs no words and no needs', () => {
	const parsed = AskForm.parse({ mentor: 'm', language: 'en', key: '6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f' })
	expect(parsed).toMatchObject({ needs: [], words: '' })
})

describe('who may do what', () => {
	test.each([
		['mentor', 'asked', ['accept', 'decline']],
		['mentee', 'asked', ['withdraw']],
		['mentor', 'accepted', ['end']],
		['mentee', 'accepted', ['end']],
		['mentor', 'declined', []],
		['mentee', 'withdrawn', []],
		['mentee', 'ended', []],
	] as const)('the %s of a match that is %s', (side, status, acts) => {
		expect(actsFor(side, status)).toEqual(acts)
	})

	test('answers are the mentor’s, taking back is the mentee’s', () => {
		expect(ACTS.filter((one) => isHersToDo('mentee', one))).toEqual(['withdraw', 'end'])
		expect(ACTS.filter((one) => isHersToDo('mentor', one))).toEqual(['accept', 'decline', 'end'])
	})

	test('a match has two sides and no third', () => {
		const match = { menteeId: 'a', mentorId: 'b' }
		expect([sideOf({ id: 'a' }, match), sideOf({ id: 'b' }, match), sideOf({ id: 'c' }, match)]).toEqual([
			'mentee',
			'mentor',
			undefined,
		])
	})

	test.each([
		[{ openMatch: 'm', openRequests: 3, free: false }, 'open'],
		[{ openMatch: null, openRequests: 3, free: false }, 'full'],
		[{ openMatch: null, openRequests: 3, free: true }, 'several'],
		[{ openMatch: null, openRequests: 2, free: true }, undefined],
	])('why not ask with %j: %s', (facts, reason) => {
		expect(whyNotAsk(facts)).toBe(reason)
	})

	test('a coordinator decides on every offer but her own, nobody else on any', () => {
		const grant = { role: 'coordinator' as const, organisationId: null, spaceId: null }
		expect(mayDecide({ id: 'c', grants: [grant] }, { memberId: 'm' })).toBe(true)
		expect(mayDecide({ id: 'c', grants: [grant] }, { memberId: 'c' })).toBe(false)
		expect(mayDecide({ id: 'c', grants: [{ ...grant, role: 'moderator' }] }, { memberId: 'm' })).toBe(false)
	})

	test.each([
		['waiting', ['approve', 'decline']],
		['vetted', ['decline', 'pause']],
		['paused', ['approve', 'decline']],
		['declined', ['approve']],
	] as const)('an offer that is %s can be decided: %j', (status, decisions) => {
		expect(decisionsFor(status)).toEqual(decisions)
	})

	test('only a new or a declined offer waits after it is written', () => {
		expect(
			[undefined, 'declined', 'waiting', 'vetted', 'paused'].map((status) =>
				statusAfterEdit(status as never),
			),
		).toEqual(['waiting', 'waiting', 'waiting', 'vetted', 'paused'])
	})
})
