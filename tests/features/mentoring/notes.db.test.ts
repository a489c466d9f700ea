import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentoringNotes } from '~/db/schema/together'
import { roomsWith } from '~/features/chat/rooms.server'
import { readMatchPage } from '~/features/mentoring/together/match-page.server'
import { addNote, editNote, readNotes, removeNote } from '~/features/mentoring/together/notes.server'
import type { Actor } from '~/platform/actor'
import { anInterpreter } from '../../factories/matches'
import { aMember } from '../../factories/members'
import { act, aMatch, aMentor } from '../../factories/mentoring'
import { codeOf, faultsOf } from '../../factories/outcomes'

async function two() {
	const [her, mentor] = [await aMember(), await aMentor()]
	return { her, mentor, match: await aMatch(her, mentor) }
}
const aNoteForm = (match: string, change: Record<string, unknown> = {}) => ({
	match,
	key: randomUUID(),
	words: 'I was afraid on the phone.',
	language: 'en',
	...change,
})
const add = (actor: Actor, match: string, change = {}) => addNote(actor, aNoteForm(match, change))

describe('notes', () => {
	test('her own are in nothing that anyone else is given', async () => {
		const { her, mentor, match } = await two()
		await add(her, match, { words: 'secret-of-hers' })
		await add(mentor, match, { words: 'secret-of-the-mentor' })
		await add(her, match, { words: 'for both', shared: 'yes' })
		const interpreter = await aMember()
		await anInterpreter(her, mentor, interpreter, match)
		const page = async (actor: Actor) => JSON.stringify(await readMatchPage(actor, match, roomsWith))
		expect(await page(her)).toContain('secret-of-hers')
		expect(await page(her)).not.toContain('secret-of-the-mentor')
		expect(await page(mentor)).not.toContain('secret-of-hers')
		expect(await page(mentor)).toContain('for both')
		expect(await page(interpreter)).not.toMatch(/secret|for both/)
		expect(await readNotes(match, mentor)).toMatchObject([
			{ shared: false, byHer: true },
			{ shared: true, byHer: false, author: her.handle },
		])
	})

	test('a double click makes one; a key of the other one’s tells nothing', async () => {
		const { her, mentor, match } = await two()
		const form = aNoteForm(match)
		await Promise.all([1, 2, 3, 4].map(() => addNote(her, form)))
		expect(await codeOf(() => addNote(mentor, form))).toBe('ok')
		expect(await db.$count(mentoringNotes)).toBe(1)
	})

	test('she changes and takes away her own, nobody another’s', async () => {
		const { her, mentor, match } = await two()
		await add(her, match, { shared: 'yes' })
		const [note] = await readNotes(match, her)
		const edit = { match, note: note!.id, words: 'كلمات أخرى', language: 'ar' }
		await editNote(her, edit)
		expect(await readNotes(match, mentor)).toMatchObject([
			{ words: 'كلمات أخرى', lang: 'ar', dir: 'rtl', edited: true },
		])
		const outsiders = [mentor, await aMember(), await aMember({ roles: [{ role: 'coordinator' }] })]
		for (const actor of outsiders) {
			expect(await codeOf(() => editNote(actor, edit))).toBe('not-found')
			expect(await codeOf(() => removeNote(actor, { match, note: note!.id }))).toBe('not-found')
		}
		await removeNote(her, { match, note: note!.id })
		expect(await db.$count(mentoringNotes)).toBe(0)
	})

	test('during a break only for herself, afterwards only taken away', async () => {
		const { her, mentor, match } = await two()
		await add(her, match, { shared: 'yes' })
		const [note] = await readNotes(match, her)
		await act(mentor, match, 'pause')
		expect(await codeOf(() => add(her, match, { shared: 'yes' }))).toBe('conflict')
		expect(await codeOf(() => editNote(her, { match, note: note!.id, words: 'x', language: 'en' }))).toBe(
			'conflict',
		)
		expect(await codeOf(() => add(her, match))).toBe('ok')
		await act(mentor, match, 'end')
		expect(await codeOf(() => add(her, match))).toBe('conflict')
		expect(await readNotes(match, her)).toHaveLength(2)
		expect(await readNotes(match, mentor)).toHaveLength(1)
		expect(await codeOf(() => removeNote(her, { match, note: note!.id }))).toBe('ok')
	})

	test.each([
		['nothing', { words: '' }, { words: 'errors:empty' }],
		['too much', { words: 'a'.repeat(2_001) }, { words: 'errors:tooLong' }],
		['a strange box', { shared: 'perhaps' }, { shared: 'errors:notUnderstood' }],
	])('%s is refused at its field', async (_what, change, fields) => {
		const { her, match } = await two()
		expect(await faultsOf(() => add(her, match, change))).toMatchObject({ code: 'invalid', fields })
	})
})
