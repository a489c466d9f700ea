import { describe, expect, test } from 'vitest'
import {
	gapsOf,
	goingOnUntil,
	momentsThisWeek,
	sameTimes,
	timeOf,
	type WeeklyTime,
} from '~/features/moderation/rota/week'

const at = (weekday: number, from: string, to: string): WeeklyTime => ({
	weekday,
	fromMinute: Number(from.slice(0, 2)) * 60 + Number(from.slice(3)),
	toMinute: Number(to.slice(0, 2)) * 60 + Number(to.slice(3)),
})
const daily = (from: string, to: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => at(weekday, from, to))
const said = (times: WeeklyTime[]) =>
	sameTimes(gapsOf(times) ?? []).map(
		({ weekdays, fromMinute, minutes }) =>
			`${weekdays.join('')} ${timeOf(fromMinute)}-${timeOf(fromMinute + minutes)} ${minutes}`,
	)

describe('when nobody is there', () => {
	test.each<[string, WeeklyTime[], string[]]>([
		['every night', daily('08:00', '22:00'), ['1234567 22:00-08:00 600']],
		['never', daily('08:00', '08:01').concat(daily('08:01', '08:00')), []],
		['but for one evening', [at(1, '18:00', '20:00')], ['1 20:00-18:00 9960']],
		[
			'twice a day',
			daily('08:00', '12:00').concat(daily('14:00', '20:00')),
			['1234567 12:00-14:00 120', '1234567 20:00-08:00 720'],
		],
		[
			'where times touch or overlap there is no gap',
			[...daily('00:00', '12:00'), ...daily('11:00', '00:00')],
			[],
		],
		[
			'over Sunday night it is one gap',
			[at(1, '08:00', '20:00'), at(7, '10:00', '20:00')],
			['1 20:00-10:00 8040', '7 20:00-08:00 720'],
		],
		[
			'a night shift on Sunday ends on Monday',
			[at(7, '22:00', '06:00'), at(1, '06:00', '22:00')],
			['1 22:00-22:00 8640'],
		],
	])('%s', (_what, times, gaps) => {
		expect(said(times)).toEqual(gaps)
	})

	test('nobody at all is no gap but its own answer', () => {
		expect(gapsOf([])).toBeNull()
	})
})

describe('where she is', () => {
	test.each([
		// In winter and in summer Kyiv is an hour ahead of Rome.
		[
			'2026-12-02T12:00:00Z',
			'Europe/Rome',
			at(1, '22:00', '08:00'),
			'2026-11-30T21:00:00.000Z',
			'2026-12-01T07:00:00.000Z',
		],
		[
			'2026-07-01T12:00:00Z',
			'Europe/Rome',
			at(1, '22:00', '08:00'),
			'2026-06-29T20:00:00.000Z',
			'2026-06-30T06:00:00.000Z',
		],
		// The clock jumps from 02:00 to 03:00 on 29 March: a shift from 01:00 to 03:00 lasts an hour.
		[
			'2026-03-27T12:00:00Z',
			'Europe/Rome',
			at(7, '01:00', '03:00'),
			'2026-03-29T00:00:00.000Z',
			'2026-03-29T01:00:00.000Z',
		],
		// One that begins at a time the clock jumps over begins when it has jumped.
		[
			'2026-03-27T12:00:00Z',
			'Europe/Rome',
			at(7, '02:30', '06:00'),
			'2026-03-29T01:30:00.000Z',
			'2026-03-29T04:00:00.000Z',
		],
		// On 25 October it shows 02:30 twice: the first is meant.
		[
			'2026-10-23T12:00:00Z',
			'Europe/Rome',
			at(7, '02:30', '06:00'),
			'2026-10-25T00:30:00.000Z',
			'2026-10-25T05:00:00.000Z',
		],
		// Late on Sunday in UTC it is Monday already in Athens.
		[
			'2026-11-22T23:00:00Z',
			'Europe/Athens',
			at(1, '00:30', '02:00'),
			'2026-11-22T22:30:00.000Z',
			'2026-11-23T00:00:00.000Z',
		],
	])('%s %s', (now, zone, time, from, to) => {
		const moments = momentsThisWeek(time, zone, new Date(now))
		expect([moments.from.toISOString(), moments.to.toISOString()]).toEqual([from, to])
	})

	test.each([
		['2026-11-23T20:59:59Z', null],
		['2026-11-23T21:00:00Z', '2026-11-24T07:00:00.000Z'],
		['2026-11-24T06:59:59Z', '2026-11-24T07:00:00.000Z'],
		['2026-11-24T07:00:00Z', null],
	])('Monday 22:00 to 8:00 in Rome at %s', (now, until) => {
		const ends = goingOnUntil(at(1, '22:00', '08:00'), 'Europe/Rome', new Date(now))
		expect(ends?.toISOString() ?? null).toBe(until)
	})

	test('one of Sunday evening still goes on early on Monday', () => {
		const ends = goingOnUntil(at(7, '22:00', '08:00'), 'Europe/Rome', new Date('2026-11-23T05:00:00Z'))
		expect(ends?.toISOString()).toBe('2026-11-23T07:00:00.000Z')
	})
})
