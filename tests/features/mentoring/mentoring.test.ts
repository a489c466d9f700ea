import { describe, expect, test } from 'vitest'
import {
	ACTS,
	actsFor,
	isHersToDo,
	type MatchFacts,
	type Side,
	sideOf,
} from '~/features/mentoring/mentoring.policy'
import { AskForm } from '~/features/mentoring/mentoring.schema'

test('a request needs no words and no needs', () => {
	const parsed = AskForm.parse({ mentor: 'm', language: 'en', key: '6f1c2f0e-6a5b-4c1d-8e2f-0a1b2c3d4e5f' })
	expect(parsed).toMatchObject({ needs: [], words: '' })
})

describe('who may do what', () => {
	const facts = (change: Partial<MatchFacts>): MatchFacts => ({
		status: 'accepted',
		saidYes: false,
		settled: false,
		pausedBy: null,
		...change,
	})

	test.each([
		['mentor', { status: 'asked' }, ['accept', 'decline']],
		['mentee', { status: 'asked' }, ['withdraw']],
		['mentor', { status: 'proposed' }, ['yes', 'no']],
		['mentee', { status: 'proposed', saidYes: true }, ['no']],
		['mentor', {}, ['pause', 'end']],
		['mentee', {}, ['settle', 'pause', 'end']],
		['mentee', { settled: true }, ['pause', 'end']],
		['mentee', { pausedBy: 'her' }, ['resume', 'end']],
		['mentee', { pausedBy: 'other' }, ['end']],
		['mentor', { pausedBy: 'her' }, ['resume', 'end']],
		['mentor', { status: 'declined' }, []],
		['mentor', { status: 'lapsed' }, []],
		['mentee', { status: 'withdrawn' }, []],
		['mentee', { status: 'ended' }, []],
		['mentee', { status: 'chosen' }, []],
	] as const)('the %s of a match with %j', (side, change, acts) => {
		expect(actsFor(side, facts(change))).toEqual(acts)
	})

	test('answers are the mentor’s, taking back and choosing the mentee’s, the rest is for both', () => {
		const only = (side: Side, other: Side) =>
			ACTS.filter((one) => isHersToDo(side, one) && !isHersToDo(other, one))
		expect(only('mentor', 'mentee')).toEqual(['accept', 'decline'])
		expect(only('mentee', 'mentor')).toEqual(['withdraw', 'settle'])
	})

	test('a match has two sides and no third', () => {
		const match = { menteeId: 'a', mentorId: 'b' }
		expect([sideOf({ id: 'a' }, match), sideOf({ id: 'b' }, match), sideOf({ id: 'c' }, match)]).toEqual([
			'mentee',
			'mentor',
			undefined,
		])
	})
})
