import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentoringGoals } from '~/db/schema/together'
import { addGoal, readGoals, removeGoal, tickGoal } from '~/features/mentoring/together/goals.server'
import type { Actor } from '~/platform/actor'
import { aMatchAs, anInterpreter } from '../../factories/matches'
import { aMember } from '../../factories/members'
import { act, aMatch, aMentor } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

async function two() {
	const [her, mentor] = [await aMember(), await aMentor()]
	return { her, mentor, match: await aMatch(her, mentor) }
}
const aGoalForm = (match: string, change: Record<string, unknown> = {}) => ({
	match,
	key: randomUUID(),
	goal: '',
	words: 'A course in spring',
	language: 'en',
	...change,
})
const add = (actor: Actor, match: string, change = {}) => addGoal(actor, aGoalForm(match, change))

describe('goals', () => {
	test('with small steps, added, ticked and taken away by either of the two', async () => {
		const { her, mentor, match } = await two()
		await add(her, match)
		const [goal] = await readGoals(match)
		await add(mentor, match, { goal: goal!.id, words: 'نسأل المركز', language: 'ar' })
		await add(her, match, { goal: goal!.id, words: 'Fill in the form' })
		const [shown] = await readGoals(match)
		expect(shown).toMatchObject({ words: 'A course in spring', done: false })
		expect(shown?.steps).toMatchObject([
			{ words: 'نسأل المركز', lang: 'ar', dir: 'rtl' },
			{ words: 'Fill in the form', dir: 'ltr' },
		])
		const step = shown!.steps[0]!.id
		await Promise.all([
			tickGoal(her, { match, goal: step, done: 'yes' }),
			tickGoal(mentor, { match, goal: step, done: 'yes' }),
		])
		expect((await readGoals(match))[0]?.steps.map(({ done }) => done)).toEqual([true, false])
		await tickGoal(mentor, { match, goal: step, done: 'no' })
		expect((await readGoals(match))[0]?.steps.map(({ done }) => done)).toEqual([false, false])
		await removeGoal(mentor, { match, goal: step })
		await removeGoal(mentor, { match, goal: step })
		expect((await readGoals(match))[0]?.steps).toHaveLength(1)
		await removeGoal(her, { match, goal: goal!.id })
		expect(await db.$count(mentoringGoals)).toBe(0)
	})

	test('a double click makes one', async () => {
		const { her, match } = await two()
		const form = aGoalForm(match)
		await Promise.all([1, 2, 3, 4].map(() => addGoal(her, form)))
		expect(await db.$count(mentoringGoals)).toBe(1)
	})

	test.each([
		['nothing', { words: ' \u200b ' }, { words: 'errors:empty' }],
		['too much', { words: 'a'.repeat(2_001) }, { words: 'errors:tooLong' }],
		['what cannot be kept', { words: 'a\u0000' }, { words: 'errors:strangeCharacters' }],
		['no language', { language: 'xx' }, { language: 'errors:notLanguage' }],
	])('%s is refused at its field', async (_what, change, fields) => {
		const { her, match } = await two()
		expect(await faultsOf(() => add(her, match, change))).toMatchObject({ code: 'invalid', fields })
	})

	test('2,000 letters fit', async () => {
		const { her, match } = await two()
		await add(her, match, { words: 'é'.repeat(2_000) })
		expect((await readGoals(match))[0]?.words).toHaveLength(2_000)
	})

	test('a step of a step, of another match or of nothing is not there', async () => {
		const [first, second] = [await two(), await two()]
		await add(first.her, first.match)
		const [goal] = await readGoals(first.match)
		await add(first.her, first.match, { goal: goal!.id })
		const step = (await readGoals(first.match))[0]!.steps[0]!.id
		expect(await codeOf(() => add(first.her, first.match, { goal: step }))).toBe('not-found')
		expect(await codeOf(() => add(second.her, second.match, { goal: goal!.id }))).toBe('not-found')
		expect(await codeOf(() => add(second.her, second.match, { goal: randomUUID() }))).toBe('not-found')
		const tick = { match: second.match, goal: goal!.id, done: 'yes' }
		expect(await codeOf(() => tickGoal(second.her, tick))).toBe('not-found')
		await removeGoal(second.her, { match: second.match, goal: goal!.id })
		expect(await readGoals(first.match)).toHaveLength(1)
	})

	test('nobody else has anything to do with them, nor the two while it does not go on', async () => {
		const { her, mentor, match } = await two()
		await add(her, match)
		const [goal] = await readGoals(match)
		const all = (actor: Actor) =>
			Promise.all([
				codeOf(() => add(actor, match)),
				codeOf(() => tickGoal(actor, { match, goal: goal!.id, done: 'yes' })),
				codeOf(() => removeGoal(actor, { match, goal: goal!.id })),
			])
		const interpreter = await aMember()
		await anInterpreter(her, mentor, interpreter, match)
		for (const actor of [await aMember(), await aMember({ roles: [{ role: 'coordinator' }] }), interpreter]) {
			expect(await all(actor)).toEqual(Array(3).fill('not-found'))
		}
		await act(mentor, match, 'pause')
		expect([await all(her), await all(mentor)].flat()).toEqual(Array(6).fill('conflict'))
		await act(her, match, 'end')
		expect([await all(her), await all(mentor)].flat()).toEqual(Array(6).fill('conflict'))
		expect(await readGoals(match)).toHaveLength(1)
	})

	test.each(['asked', 'proposed', 'declined'] as const)('there are none while it is %s', async (state) => {
		const [her, mentor] = [await aMember(), await aMentor()]
		const match = await aMatchAs(state, her, mentor)
		expect(await codeOf(() => add(her, match))).toBe('conflict')
	})
})
