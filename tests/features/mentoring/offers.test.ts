import { describe, expect, test } from 'vitest'
import { OfferForm } from '~/features/mentoring/offers/offer.schema'
import {
	decisionsFor,
	mayDecide,
	type OfferFacts,
	ownPauseFor,
	statusAfterEdit,
	whyNotDecide,
} from '~/features/mentoring/offers/vetting.policy'

const sent = {
	language1: 'ar',
	level1: 'well',
	language2: '',
	level2: 'talk',
	needs: 'jobSearch',
	zone: 'Europe/Rome',
	words: '',
	language: 'ar',
	capacity: '2',
}
const offer = (change: Record<string, unknown> = {}) => OfferForm.safeParse({ ...sent, ...change })

const NOTHING_SAID = { text: '', forget: false }

describe('the form of an offer', () => {
	test('empty rows say nothing, a language named twice keeps the better level', () => {
		const parsed = offer({
			language2: 'it',
			level2: 'well',
			language3: 'it',
			level3: 'understand',
			level4: 'talk',
		})
		expect(parsed.data).toMatchObject({
			languages: { ar: 'well', it: 'well' },
			needs: ['jobSearch'],
			capacity: 2,
		})
	})

	test('boxes count once, in our order, and what else is sent is not looked at', () => {
		const parsed = offer({
			needs: ['residencePermit', 'jobSearch', 'residencePermit'],
			how: ['meet', 'write', 'meet'],
			hours: ['90', '8', '90'],
			agree: 'yes',
			status: 'vetted',
			load: '5',
			memberId: 'x',
			trainedAt: '2026-01-01',
		})
		expect(parsed.data).toEqual({
			languages: { ar: 'well' },
			needs: ['jobSearch', 'residencePermit'],
			how: ['write', 'meet'],
			hours: [8, 9, 10, 11, 90, 91, 92, 93],
			zone: 'Europe/Rome',
			words: '',
			language: 'ar',
			capacity: 2,
			town: NOTHING_SAID,
			community: NOTHING_SAID,
			agree: true,
		})
	})

	test.each([
		['no language', { language1: '' }, 'language1', 'errors:notLanguage'],
		['no such language', { language1: 'xx' }, 'language1', 'errors:notLanguage'],
		['no such level', { level1: 'perfect' }, 'level1', 'errors:choose'],
		['no need', { needs: undefined }, 'needs', 'mentoring:offer.needsMissing'],
		['no such need', { needs: ['jobSearch', 'love'] }, 'needs', 'errors:choose'],
		['an area as a need', { needs: 'work' }, 'needs', 'errors:choose'],
		['no such way', { how: 'pigeon' }, 'how', 'errors:choose'],
		['an hour that is no box', { hours: ['91'] }, 'hours', 'errors:choose'],
		['no zone', { zone: undefined }, 'zone', 'errors:choose'],
		['no such zone', { zone: 'Moon/Sea' }, 'zone', 'errors:choose'],
		['a town of a page', { town: 'a'.repeat(81) }, 'town', 'errors:tooLong'],
		['no such country', { community: 'ZZ' }, 'community', 'errors:choose'],
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

	test('a town of punctuation alone is none', () => {
		expect(offer({ town: ' - ' }).data?.town).toEqual(NOTHING_SAID)
		expect(offer({ town: 'Αθήνα', forgetTown: 'yes' }).data?.town).toEqual({ text: 'Αθήνα', forget: true })
	})
})

const facts = (change: Partial<OfferFacts> = {}): OfferFacts => ({
	status: 'waiting',
	pausedBy: null,
	trained: true,
	agreed: true,
	...change,
})

describe('who decides on an offer, and what', () => {
	test('a coordinator decides on every offer but her own, nobody else on any', () => {
		const grant = { role: 'coordinator' as const, organisationId: null, spaceId: null, languages: null }
		expect(mayDecide({ id: 'c', grants: [grant] }, { memberId: 'm' })).toBe(true)
		expect(mayDecide({ id: 'c', grants: [grant] }, { memberId: 'c' })).toBe(false)
		expect(mayDecide({ id: 'c', grants: [{ ...grant, role: 'moderator' }] }, { memberId: 'm' })).toBe(false)
	})

	test.each([
		['waiting', null, ['approve', 'decline']],
		['vetted', null, ['renew', 'pause', 'decline']],
		['paused', 'coordinator', ['approve', 'decline']],
		['paused', 'herself', ['pause', 'decline']],
		['paused', 'lapses', ['pause', 'decline']],
		['declined', null, ['approve']],
	] as const)('an offer that is %s by %s can be decided: %j', (status, pausedBy, decisions) => {
		expect(decisionsFor(facts({ status, pausedBy, trained: false }))).toEqual(decisions)
	})

	test.each([
		['approve', { trained: false }, 'untrained'],
		['approve', { trained: false, agreed: false }, 'untrained'],
		['approve', { agreed: false }, 'noCode'],
		['approve', { status: 'paused', pausedBy: 'herself' }, 'paused'],
		['approve', { status: 'paused', pausedBy: 'lapses' }, 'paused'],
		['renew', { status: 'vetted', trained: false }, 'untrained'],
		['renew', { status: 'waiting' }, 'waiting'],
		['pause', { status: 'waiting' }, 'waiting'],
		['pause', { status: 'declined' }, 'declined'],
		['decline', { trained: false, agreed: false }, undefined],
		['approve', { status: 'vetted', trained: false }, undefined],
		['renew', { status: 'vetted' }, undefined],
	] as const)('%s with %j: %s', (decision, change, reason) => {
		expect(whyNotDecide(decision, facts(change))).toBe(reason)
	})

	test.each([
		['waiting', null, null],
		['vetted', null, 'pause'],
		['paused', 'herself', 'resume'],
		['paused', 'lapses', 'resume'],
		['paused', 'coordinator', null],
		['declined', null, null],
	] as const)('of an offer that is %s by %s she herself can %s', (status, pausedBy, what) => {
		expect(ownPauseFor({ status, pausedBy })).toBe(what)
	})

	test('only a new or a declined offer waits after it is written', () => {
		expect(
			[undefined, 'declined', 'waiting', 'vetted', 'paused'].map((status) =>
				statusAfterEdit(status as never),
			),
		).toEqual(['waiting', 'waiting', 'waiting', 'vetted', 'paused'])
	})
})
