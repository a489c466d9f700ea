import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { spaces } from '~/db/schema/forum'
import { ruleEditions } from '~/db/schema/house-rules'
import { auditLog, organisations } from '~/db/schema/members'
import { needWords, wordingStates } from '~/db/schema/wording'
import { readSpaceSettings, saveSpace } from '~/features/forum/space-settings.server'
import {
	publishDraft,
	publishedEditions,
	saveDraft,
	seeEditions,
} from '~/features/members/editions/editions.server'
import { loadRules } from '~/features/members/editions/in-force.server'
import { changeOrganisation } from '~/features/members/organisation-list.server'
import { WordingLanguagePage } from '~/features/members/wording/components/wording-language-page'
import { WordingPage } from '~/features/members/wording/components/wording-page'
import { seeWording, seeWordingIn } from '~/features/members/wording/seeing.server'
import type { WordedKind, WordingState } from '~/features/members/wording/worded'
import { doneWording, writeWording } from '~/features/members/wording/writing.server'
import { loadNeedWords } from '~/features/mentoring/need-words.server'
import type { Actor } from '~/platform/actor'
import { fixedT, i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as route from '~/routes/coordination/wording'
import * as languageRoute from '~/routes/coordination/wording-language'
import { worded } from '~/routes/worded.server'
import { aSpace } from '../../factories/forum'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

/** A space with English, and Italian as it was given before anybody wrote down how far it is. */
const aKitchen = () =>
	aSpace('Kitchen', {
		names: { en: 'Kitchen', it: 'Cucina' },
		descriptions: { en: 'Cooking together', it: 'Cucinare insieme' },
	})

const STATES: readonly WordingState[] = ['missing', 'outdated', 'drafted', 'done']

/** The card of a thing on the page of a language, in whatever state it is. */
async function cardOf(ada: Actor, tag: string, kind: WordedKind, id: string) {
	for (const state of STATES)
		for (let page = 1, pages = 1; page <= pages; page += 1) {
			const seen = await seeWordingIn(worded, ada, 'en', { tag, state, page: String(page) })
			pages = seen.pages
			const found = seen.things.find((thing) => thing.kind === kind && thing.id === id)
			if (found) return found
		}
	return undefined
}

const stateOf = async (ada: Actor, tag: string, kind: WordedKind, id: string) =>
	(await cardOf(ada, tag, kind, id))?.state

/** Fills the form of a thing in one language, as the page shows it to her now. */
async function write(
	ada: Actor,
	{ tag, kind, id, ...fields }: { tag: string; kind: WordedKind; id: string } & Record<string, string>,
) {
	const { seen } = (await cardOf(ada, tag, kind, id))!
	return writeWording(worded, ada, { kind, item: id, locale: tag, seen, state: 'done', ...fields })
}

const spaceForm = (space: string, fields: Record<string, string> = {}) => ({
	space,
	icon: 'briefcase',
	access: 'everyone',
	'name-en': 'Kitchen',
	'description-en': 'Cooking together',
	'name-it': 'Cucina',
	'description-it': 'Cucinare insieme',
	...fields,
})

async function anEdition(ada: Actor) {
	await saveDraft(ada, {
		seen: '',
		'points-en': 'Speak in turn.\nNo photos of children.',
		'news-en': 'A point about photos.',
		'points-it': 'Si parla una alla volta.\nNiente foto di bambini.',
		'news-it': 'Un punto sulle foto.',
	})
	const [row] = await db.select().from(ruleEditions)
	return row!
}

afterEach(async () => {
	await db.delete(ruleEditions)
	await loadRules()
	await db.delete(needWords)
	await loadNeedWords()
})

describe('how far a text is', () => {
	test('missing, drafted, done, and outdated as soon as its source changes', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const space = { kind: 'space', id } as const
		expect(await stateOf(ada, 'en', 'space', id)).toBe('done')
		expect(await stateOf(ada, 'el', 'space', id)).toBe('missing')
		expect(await stateOf(ada, 'it', 'space', id)).toBe('drafted')
		await write(ada, { ...space, tag: 'el', name: 'Κουζίνα', description: 'Μαγειρεύουμε', state: 'drafted' })
		expect(await stateOf(ada, 'el', 'space', id)).toBe('drafted')
		await write(ada, { ...space, tag: 'el', name: 'Κουζίνα', description: 'Μαγειρεύουμε μαζί' })
		expect(await stateOf(ada, 'el', 'space', id)).toBe('done')
		await write(ada, { ...space, tag: 'en', name: 'Kitchens', description: 'Cooking together' })
		expect(await stateOf(ada, 'el', 'space', id)).toBe('outdated')
		expect(await stateOf(ada, 'it', 'space', id)).toBe('outdated')
		const { seen } = (await cardOf(ada, 'el', 'space', id))!
		await doneWording(worded, ada, { kind: 'space', item: id, locale: 'el', seen })
		expect(await stateOf(ada, 'el', 'space', id)).toBe('done')
	})

	test('follows what is saved on the page of the space', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		await saveSpace(ada, spaceForm(id, { 'name-es': 'Cocina', 'description-es': 'Cocinar juntas' }))
		expect(await stateOf(ada, 'es', 'space', id)).toBe('drafted')
		await write(ada, { kind: 'space', id, tag: 'es', name: 'Cocina', description: 'Cocinar juntas' })
		await saveSpace(ada, spaceForm(id, { 'name-es': 'Cocina', 'description-es': 'Cocinar juntas' }))
		expect(await stateOf(ada, 'es', 'space', id)).toBe('done')
		await saveSpace(ada, spaceForm(id, { 'name-es': 'Cocinas', 'description-es': 'Cocinar juntas' }))
		expect(await stateOf(ada, 'es', 'space', id)).toBe('drafted')
		await saveSpace(ada, spaceForm(id, { 'description-en': 'Eating' }))
		expect(await stateOf(ada, 'es', 'space', id)).toBe('missing')
		// Nobody had written down how far Italian was: it was written from the English of before.
		expect(await stateOf(ada, 'it', 'space', id)).toBe('outdated')
	})

	test('of an organisation: what it does is written from English, its name from the one on its door', async () => {
		const [ada, { id }] = [await aCoordinator(), await anOrganisation('Casa')]
		const organisation = { kind: 'organisation', id } as const
		expect(await stateOf(ada, 'en', 'organisation', id)).toBe('missing')
		expect(await stateOf(ada, 'el', 'organisation', id)).toBeUndefined()
		await write(ada, { ...organisation, tag: 'en', about: 'A house for women' })
		expect(await stateOf(ada, 'en', 'organisation', id)).toBe('done')
		expect(await stateOf(ada, 'el', 'organisation', id)).toBe('missing')
		await write(ada, { ...organisation, tag: 'el', name: 'Κάζα', about: 'Ένα σπίτι για γυναίκες' })
		expect(await stateOf(ada, 'el', 'organisation', id)).toBe('done')
		await changeOrganisation(ada, { organisation: id, name: 'Casa nuova', country: 'IT', kind: 'centre' })
		expect(await stateOf(ada, 'el', 'organisation', id)).toBe('outdated')
		const [row] = await db.select().from(organisations).where(eq(organisations.id, id))
		expect(row).toMatchObject({ name: 'Casa nuova', names: { el: 'Κάζα' } })
	})

	test('of a need: the catalogue is done, until this community says it in words of its own', async () => {
		const ada = await aCoordinator()
		const need = { kind: 'need', id: 'cv' } as const
		const before = { en: fixedT('en')('mentoring:need.cv'), it: fixedT('it')('mentoring:need.cv') }
		expect(await stateOf(ada, 'it', 'need', 'cv')).toBe('done')
		await write(ada, { ...need, tag: 'en', name: 'A letter about you', text: 'We write it together.' })
		expect(fixedT('en')('mentoring:need.cv')).toBe('A letter about you')
		expect(fixedT('en')('mentoring:needText.cv')).toBe('We write it together.')
		expect(fixedT('it')('mentoring:need.cv')).toBe(before.it)
		expect(await stateOf(ada, 'it', 'need', 'cv')).toBe('outdated')
		await write(ada, { ...need, tag: 'it', name: 'Una lettera su di te', text: 'La scriviamo insieme.' })
		expect(fixedT('it')('mentoring:need.cv')).toBe('Una lettera su di te')
		expect(await stateOf(ada, 'it', 'need', 'cv')).toBe('done')
		const shipped = fixedT('en')('mentoring:needText.doctor')
		await write(ada, { ...need, tag: 'en', name: before.en, text: i18nFor('en').t('mentoring:needText.cv') })
		expect(fixedT('en')('mentoring:need.cv')).toBe(before.en)
		expect(fixedT('en')('mentoring:needText.doctor')).toBe(shipped)
		const [row] = await db.select().from(needWords)
		expect(row!.names).toEqual({ it: 'Una lettera su di te' })
	})

	test('is on record, with who wrote it', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		await write(ada, { kind: 'space', id, tag: 'el', name: 'Κουζίνα', description: 'Μαζί' })
		const entries = await db.select().from(auditLog).where(eq(auditLog.actorId, ada.id))
		expect(entries.map(({ action, subjectKind, subjectId }) => [action, subjectKind, subjectId])).toEqual([
			['wording.written', 'space', id],
		])
		const rows = await db.select().from(wordingStates).where(eq(wordingStates.locale, 'el'))
		expect(rows.map(({ writtenBy }) => writtenBy)).toEqual([ada.id, ada.id])
	})
})

describe('two coordinators', () => {
	test('one does not write over the words of the other', async () => {
		const [ada, bea, { id }] = [await aCoordinator(), await aCoordinator(), await aKitchen()]
		const form = { kind: 'space', item: id, locale: 'el', state: 'done', description: 'Μαζί' }
		const { seen } = (await cardOf(ada, 'el', 'space', id))!
		await writeWording(worded, bea, { ...form, seen, name: 'Κουζίνα' })
		const mine = { ...form, seen, name: 'Μαγειρείο' }
		expect(await codeOf(() => writeWording(worded, ada, mine))).toBe('conflict')
		const [row] = await db.select().from(spaces).where(eq(spaces.id, id))
		expect(row!.names.el).toBe('Κουζίνα')
	})

	test('nor is a text done for a source that has changed meanwhile', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { seen } = (await cardOf(ada, 'it', 'space', id))!
		await saveSpace(ada, spaceForm(id, { 'name-en': 'Garden' }))
		const which = { kind: 'space', item: id, locale: 'it', seen }
		expect(await codeOf(() => doneWording(worded, ada, which))).toBe('conflict')
		const texts = { state: 'done', name: 'Cucina', description: 'Cucinare' }
		expect(await codeOf(() => writeWording(worded, ada, { ...which, ...texts }))).toBe('conflict')
	})

	test('nor does the page of a space take away what was written here', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { seen } = await readSpaceSettings(ada, id)
		await write(ada, { kind: 'space', id, tag: 'el', name: 'Κουζίνα', description: 'Μαζί' })
		expect(await codeOf(() => saveSpace(ada, spaceForm(id, { seen })))).toBe('conflict')
		const [row] = await db.select().from(spaces).where(eq(spaces.id, id))
		expect(row!.names.el).toBe('Κουζίνα')
		const now = {
			seen: (await readSpaceSettings(ada, id)).seen,
			'name-el': 'Κουζίνα',
			'description-el': 'Όλες',
		}
		expect(await codeOf(() => saveSpace(ada, spaceForm(id, now)))).toBe('ok')
	})

	test('of two forms sent at once one holds', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { seen } = (await cardOf(ada, 'el', 'space', id))!
		const form = { kind: 'space', item: id, locale: 'el', state: 'done', seen, description: 'Μαζί' }
		const outcomes = await Promise.all(
			['Κουζίνα', 'Μαγειρείο'].map((name) => codeOf(() => writeWording(worded, ada, { ...form, name }))),
		)
		expect(outcomes.toSorted()).toEqual(['conflict', 'ok'])
	})
})

describe('the rules', () => {
	test('a language is added to an edition in force; what was agreed to is never changed', async () => {
		const ada = await aCoordinator()
		const { id } = await anEdition(ada)
		await publishDraft(ada, { seen: (await seeEditions(ada, 'en')).seen })
		const rules = { kind: 'rules', id } as const
		expect(await stateOf(ada, 'el', 'rules', id)).toBe('missing')
		const greek = { points: 'Με τη σειρά.\nΌχι φωτογραφίες παιδιών.', news: 'Για τις φωτογραφίες.' }
		await write(ada, { ...rules, tag: 'el', ...greek })
		expect(await publishedEditions(['el'])).toMatchObject([
			{ lang: 'el', points: ['Με τη σειρά.', 'Όχι φωτογραφίες παιδιών.'], number: 1 },
		])
		const [before] = await db.select().from(ruleEditions)
		for (const tag of ['en', 'it', 'el']) {
			const changed = () => write(ada, { ...rules, tag, points: 'One.\nTwo.', news: 'New' })
			expect(await codeOf(changed)).toBe('forbidden')
		}
		expect(await db.select().from(ruleEditions)).toEqual([before])
		const { seen } = (await cardOf(ada, 'it', 'rules', id))!
		await doneWording(worded, ada, { kind: 'rules', item: id, locale: 'it', seen })
		expect(await stateOf(ada, 'it', 'rules', id)).toBe('done')
	})

	test('a language has as many points as English, and is there whole', async () => {
		const ada = await aCoordinator()
		const { id } = await anEdition(ada)
		const greek = { kind: 'rules', id, tag: 'el' } as const
		const few = await faultsOf(() => write(ada, { ...greek, points: 'Ένα.', news: 'Νέο' }))
		expect(few.fields).toEqual({ points: 'editions:otherNumber' })
		const half = await faultsOf(() => write(ada, { ...greek, points: 'Ένα.\nΔύο.' }))
		expect(half.fields).toEqual({ news: 'errors:empty' })
	})

	test('whoever has the page of the draft open is told of a language written here', async () => {
		const ada = await aCoordinator()
		const { id } = await anEdition(ada)
		const { seen } = await seeEditions(ada, 'en')
		await write(ada, { kind: 'rules', id, tag: 'el', points: 'Ένα.\nΔύο.', news: 'Νέο' })
		expect(await codeOf(() => publishDraft(ada, { seen }))).toBe('conflict')
	})
})

describe('what is refused', () => {
	test.each([
		['an unknown kind', { kind: 'poem' }, 'invalid'],
		['a need that is none', { kind: 'need', item: 'gold' }, 'not-found'],
		['a space that is none', { item: 'not-an-id' }, 'not-found'],
		['a space that is nowhere', { item: '00000000-0000-4000-8000-000000000000' }, 'not-found'],
		['a language these pages do not speak', { locale: 'tlh' }, 'invalid'],
		['no name', { name: '' }, 'invalid'],
		['a name of a book', { name: 'x'.repeat(60_000) }, 'invalid'],
		['a name too long', { name: 'x'.repeat(61) }, 'invalid'],
		['letters that cannot be kept', { name: 'a\ud800b' }, 'invalid'],
		['neither done nor drafted', { state: 'perfect' }, 'invalid'],
		['another state of things', { seen: 'abc' }, 'conflict'],
	])('%s', async (_what, fields, code) => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { seen } = (await cardOf(ada, 'el', 'space', id))!
		const form = { kind: 'space', item: id, locale: 'el', seen, state: 'done', name: 'Α', description: 'Β' }
		expect(await codeOf(() => writeWording(worded, ada, { ...form, ...fields }))).toBe(code)
	})

	test.each(['moderator', 'practitioner', 'lead', 'mentor'] as const)(
		'a %s has no such page',
		async (role) => {
			const { token, actor } = await aMemberWithToken({ roles: [{ role }] })
			expect((await open(route.loader, '/coordination/wording', { token })).status).toBe(404)
			const from = { token, params: { locale: 'it' } }
			expect((await open(languageRoute.loader, '/coordination/wording/it', from)).status).toBe(404)
			const sent = await send(languageRoute.action, '/coordination/wording/it', { intent: 'write' }, from)
			expect(sent.status).toBe(404)
			expect(await codeOf(() => doneWording(worded, actor, {}))).toBe('not-found')
		},
	)

	test('to call done what nobody has written', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { seen } = (await cardOf(ada, 'el', 'space', id))!
		const which = { kind: 'space', item: id, locale: 'el', seen }
		expect(await codeOf(() => doneWording(worded, ada, which))).toBe('conflict')
	})

	test('a page of a language that is none', async () => {
		const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const from = { token, params: { locale: 'tlh' } }
		expect((await open(languageRoute.loader, '/coordination/wording/tlh', from)).status).toBe(404)
	})
})

describe('the pages', () => {
	const html = (locale: string, page: React.ReactElement) =>
		renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)

	test('counts what lacks in each language, and shows what lacks something', async () => {
		const [ada, { id }] = [await aCoordinator(), await aKitchen()]
		const { languages, kinds } = await seeWording(worded, ada, 'en', null)
		expect(languages.map(({ tag }) => tag)).toEqual(UI_LOCALES)
		expect(languages.find(({ tag }) => tag === 'it')!.counts).toEqual({
			missing: 0,
			outdated: 0,
			drafted: 1,
			done: 40,
		})
		expect(kinds.flatMap(({ things }) => things.map((thing) => thing.id))).toEqual([id])
		const done = await seeWording(worded, ada, 'en', 'done')
		expect(done.kinds.flatMap(({ things }) => things)).toHaveLength(40)
	})

	test('a few things a page, each with its source beside its field', async () => {
		const ada = await aCoordinator()
		for (let n = 0; n < 6; n += 1) await aSpace(`Space ${n}`)
		const first = await seeWordingIn(worded, ada, 'en', { tag: 'ar', state: null, page: null })
		expect([first.things.length, first.page, first.pages]).toEqual([5, 1, 2])
		const next = await seeWordingIn(worded, ada, 'en', { tag: 'ar', state: null, page: '2' })
		expect(next.things).toHaveLength(1)
		const shown = html('en', <WordingLanguagePage {...first} saved={false} />)
		expect(shown).toContain('lang="en"')
		expect(shown).toMatch(/<input[^>]*lang="ar" dir="rtl"/)
		// The sign of a state stands beside its word, not against it.
		expect(shown).toMatch(/○<\/span> <span>\p{L}/u)
	})

	test('a refused form keeps her words, and shows what stands there now', async () => {
		const { token, actor: ada } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const { id } = await aKitchen()
		const body = { intent: 'write', kind: 'space', item: id, seen: 'old', state: 'done' }
		const texts = { name: 'Mia cucina', description: 'Mia' }
		const from = { token, params: { locale: 'it' } }
		const answer = await send(languageRoute.action, '/coordination/wording/it', { ...body, ...texts }, from)
		expect(answer.status).toBe(409)
		const seen = await seeWordingIn(worded, ada, 'en', { tag: 'it', state: 'drafted', page: null })
		const shown = html('en', <WordingLanguagePage {...seen} saved={false} result={answer.body as never} />)
		expect(shown).toContain('value="Mia cucina"')
		expect(shown).toContain('>Cucina<')
	})

	test.each(UI_LOCALES)('in %s they have all their words', async (locale) => {
		const ada = await aCoordinator()
		await aKitchen()
		await anEdition(ada)
		const all = html(locale, <WordingPage {...(await seeWording(worded, ada, locale, null))} />)
		const seen = await seeWordingIn(worded, ada, locale, { tag: 'it', state: 'drafted', page: null })
		const one = html(locale, <WordingLanguagePage {...seen} saved />)
		for (const page of [all, one]) {
			expect(page).not.toMatch(/\b(wording|coordination|editions|spaces|mentoring):[a-z]/)
			expect(page).not.toContain('{{')
		}
	})
})
