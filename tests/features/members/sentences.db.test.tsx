import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { betterSentences } from '~/db/schema/wording'
import { copyAsHtml } from '~/features/members/copy.server'
import { leave, takeCopy } from '~/features/members/leaving.server'
import { sentencesOf } from '~/features/members/sentences/catalogue.server'
import { BetterPage } from '~/features/members/sentences/components/better-page'
import { SuggestionsPage } from '~/features/members/sentences/components/suggestions-page'
import { decideSentence, listSuggestions } from '~/features/members/sentences/deciding.server'
import { patchOf } from '~/features/members/sentences/patch.server'
import { seeSentences, suggestSentence } from '~/features/members/sentences/suggesting.server'
import type { Actor } from '~/platform/actor'
import type { RequestArgs } from '~/platform/http.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { loader as root } from '~/root'
import { belongings } from '~/routes/belongings.server'
import * as listRoute from '~/routes/coordination/sentences'
import * as patchRoute from '~/routes/coordination/sentences-patch'
import * as betterRoute from '~/routes/members/better-sentence'
import { Frame } from '~/ui/frame'
import { aJoinedMember, aMember, aMemberWithToken, PASSPHRASE } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, resultOf, send } from '../../factories/requests'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

const KEY = 'common:footer.help'
const suggesting = (fields: Record<string, string> = {}) => ({
	formKey: crypto.randomUUID(),
	language: 'it',
	key: KEY,
	better: 'Aiuto, subito',
	why: '',
	...fields,
})

const suggestions = () => db.select().from(betterSentences).orderBy(betterSentences.madeAt)

/** Somebody says it better; returns the id of her suggestion. */
async function suggested(fields: Record<string, string> = {}, actor?: Actor) {
	const form = suggesting(fields)
	await suggestSentence(actor ?? (await aMember()), form)
	const [row] = await db.select().from(betterSentences).where(eq(betterSentences.formKey, form.formKey))
	return row!.id
}

const render = (page: ReactNode, locale = 'en') =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{page}</I18nextProvider>)

beforeEach(async () => {
	await db.delete(betterSentences)
})

describe('saying it better', () => {
	test('she finds the sentence, writes hers, and is thanked', async () => {
		const { actor, token } = await aMemberWithToken({ locale: 'it' })
		const address = '/language/better?q=aiuto+adesso&from=/forum'
		const found = await open(betterRoute.loader, address, { token })
		expect(found.body).toMatchObject({ from: '/forum', locale: 'it', chosen: null })
		expect(JSON.stringify(found.body)).toContain(KEY)
		const sent = await send(betterRoute.action, `${address}&key=${KEY}`, suggesting({ why: 'Più breve' }), {
			token,
		})
		expect(sent).toMatchObject({ status: 303, to: '/language/better?thanks=&from=%2Fforum' })
		const [row] = await suggestions()
		expect(row).toMatchObject({
			...{ locale: 'it', key: KEY, before: 'Aiuto adesso', better: 'Aiuto, subito', why: 'Più breve' },
			...{ madeBy: actor.id, outcome: null, decidedBy: null },
		})
	})

	test('the same form sent twice is one suggestion', async () => {
		const actor = await aMember()
		const form = suggesting()
		await suggestSentence(actor, form)
		await suggestSentence(actor, form)
		expect(await suggestions()).toHaveLength(1)
	})

	test('line ends, spaces and letters of another keyboard are set right', async () => {
		const key = 'common:footer.safe'
		await suggested({ language: 'fr', key, better: '  Rester\n en   sécurité ? ' })
		await suggested({ language: 'ro', key, better: 'Fii în siguranţă aici' })
		expect((await suggestions()).map(({ better }) => better)).toEqual([
			'Rester en sécurité\u202f?',
			'Fii în siguranță aici',
		])
	})

	test.each([
		['nothing', { better: ' \n ' }, { better: 'errors:empty' }],
		['the same', { better: 'Aiuto adesso' }, { better: 'sentences:wrong.same' }],
		['a placeholder', { better: 'Aiuto {{name}}' }, { better: 'sentences:wrong.parts' }],
		['other letters', { better: 'Помощ' }, { better: 'sentences:wrong.letters' }],
		['more than has room', { better: 'Aiuto '.repeat(20) }, { better: 'errors:tooLong' }],
		['a book', { better: 'a'.repeat(9_000) }, { better: 'errors:tooLong' }],
		['a control character', { better: 'Aiuto\u0007' }, { better: 'errors:strangeCharacters' }],
		['a long why', { why: 'perché '.repeat(60) }, { why: 'errors:tooLong' }],
		['a language there is not', { language: 'xx' }, { language: 'errors:notUnderstood' }],
		['no form key', { formKey: 'one' }, { formKey: 'errors:notUnderstood' }],
	])('%s is refused, and nothing is kept', async (_what, change, fields) => {
		const refused = await faultsOf(async () => suggestSentence(await aMember(), suggesting(change)))
		expect(refused).toMatchObject({ code: 'invalid', fields })
		expect(await suggestions()).toEqual([])
	})

	test('what she wrote comes back with what is wrong', async () => {
		const { token } = await aMemberWithToken({ locale: 'it' })
		const answer = await send(
			betterRoute.action,
			`/language/better?key=${KEY}`,
			suggesting({ better: 'Aiuto {{name}}', why: 'Perché sì' }),
			{ token },
		)
		expect(answer.status).toBe(422)
		const shown = await open(betterRoute.loader, `/language/better?key=${KEY}`, { token })
		const props = shown.body as Parameters<typeof BetterPage>[0]
		const html = render(<BetterPage {...props} result={resultOf(answer)} />, 'it')
		expect(html).toContain('Aiuto {{name}}</textarea>')
		expect(html).toContain('Perché sì</textarea>')
		expect(html).toContain(i18nFor('it').t('sentences:wrong.parts'))
	})

	test('a sentence that is not there is no page', async () => {
		const actor = await aMember()
		expect(await codeOf(async () => seeSentences(actor, 'it', { q: '', key: 'common:no.such' }))).toBe(
			'not-found',
		)
		expect(await codeOf(() => suggestSentence(actor, suggesting({ key: 'common:no.such' })))).toBe(
			'not-found',
		)
	})

	test('a plural form that her new language has not leads to one it has', async () => {
		const actor = await aMember()
		const { chosen } = seeSentences(actor, 'en', { q: '', key: 'common:unread.new_two' })
		expect(chosen).toMatchObject({ key: 'common:unread.new_other', parts: ['{{count}}'] })
	})

	test('thirty a day are enough', async () => {
		const actor = await aMember()
		for (let sent = 0; sent < 30; sent += 1) await suggestSentence(actor, suggesting())
		expect(await codeOf(() => suggestSentence(actor, suggesting()))).toBe('too-many')
	})

	test('where it stands on the page is said to coordinators only', async () => {
		const see = (actor: Actor) => JSON.stringify(seeSentences(actor, 'it', { q: '', key: KEY }))
		expect(see(await aMember())).not.toContain('foot of every page')
		expect(see(await aCoordinator())).toContain('foot of every page')
	})
})

describe('deciding', () => {
	test('what waits is shown by language, the oldest first, with who and why', async () => {
		const ada = await aCoordinator()
		const amina = await aMember({ handle: 'Amina R' })
		await suggested({ better: 'Aiuto ora' }, amina)
		await suggested({ better: 'Aiuto, ora', why: 'La virgola' }, amina)
		await suggested({ language: 'es', better: 'Ayuda, ya' })
		const all = await listSuggestions(ada, null)
		expect(all.waiting.map(({ locale, better }) => [locale, better])).toEqual([
			['es', 'Ayuda, ya'],
			['it', 'Aiuto ora'],
			['it', 'Aiuto, ora'],
		])
		expect(all.languages).toEqual([
			{ locale: 'es', waiting: 1, taken: 0, declined: 0 },
			{ locale: 'it', waiting: 2, taken: 0, declined: 0 },
		])
		const italian = await listSuggestions(ada, 'it')
		expect(italian.waiting).toHaveLength(2)
		const html = render(<SuggestionsPage {...italian} />)
		for (const word of ['Amina R', 'La virgola', 'Help now', 'Aiuto adesso', 'Aiuto ora'])
			expect(html).toContain(word)
	})

	test('taken, and then declined: the last word holds, and each is on record', async () => {
		const { actor, token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		const sentence = await suggested()
		for (const outcome of ['taken', 'declined', 'declined'])
			expect(
				await send(listRoute.action, '/coordination/sentences?language=it', { sentence, outcome }, { token }),
			).toMatchObject({ status: 303, to: '/coordination/sentences?language=it' })
		expect(await suggestions()).toMatchObject([{ outcome: 'declined', decidedBy: actor.id }])
		const entries = await db
			.select()
			.from(auditLog)
			.where(eq(auditLog.actorId, actor.id))
			.orderBy(auditLog.seq)
		expect(entries.map(({ action, subjectId, memberId }) => [action, subjectId, memberId])).toEqual([
			['sentence.taken', sentence, null],
			['sentence.declined', sentence, null],
		])
		const { waiting, decided } = await listSuggestions(actor, null)
		expect([waiting.length, decided.length]).toEqual([0, 1])
	})

	test('what was said of an earlier sentence is marked; what the page says already too', async () => {
		const ada = await aCoordinator()
		const [old, same] = [await suggested(), await suggested()]
		await db.update(betterSentences).set({ before: 'Aiuto' }).where(eq(betterSentences.id, old))
		await db.update(betterSentences).set({ better: 'Aiuto adesso' }).where(eq(betterSentences.id, same))
		const { waiting } = await listSuggestions(ada, 'it')
		const how = Object.fromEntries(
			waiting.map(({ id, old, isInPlace, fits }) => [id, { old, isInPlace, fits }]),
		)
		expect(how).toEqual({
			[old]: { old: true, isInPlace: false, fits: true },
			[same]: { old: false, isInPlace: true, fits: false },
		})
	})

	test('what can no longer stand in the catalogue is not taken', async () => {
		const ada = await aCoordinator()
		const [unfit, gone] = [await suggested(), await suggested()]
		await db.update(betterSentences).set({ better: 'Aiuto {{n}}' }).where(eq(betterSentences.id, unfit))
		await db.update(betterSentences).set({ key: 'common:gone' }).where(eq(betterSentences.id, gone))
		for (const sentence of [unfit, gone]) {
			expect(await codeOf(() => decideSentence(ada, { sentence, outcome: 'taken' }))).toBe('conflict')
			expect(await codeOf(() => decideSentence(ada, { sentence, outcome: 'declined' }))).toBe('ok')
		}
	})

	test.each(['moderator', 'mentor', 'member'] as const)('a %s neither sees nor decides', async (role) => {
		const { actor, token } = await aMemberWithToken({ roles: role === 'member' ? [] : [{ role }] })
		const sentence = await suggested()
		expect(await codeOf(() => listSuggestions(actor, null))).toBe('not-found')
		expect(await codeOf(() => decideSentence(actor, { sentence, outcome: 'taken' }))).toBe('not-found')
		expect(await codeOf(() => patchOf(actor, 'it'))).toBe('not-found')
		expect((await send(listRoute.action, '/coordination/sentences', {}, { token })).status).toBe(404)
	})
})

/** A folder with the files of a language as they are here. */
function aCopyOf(tag: string) {
	const folder = mkdtempSync(path.join(tmpdir(), 'locales-'))
	mkdirSync(path.join(folder, 'locales'))
	cpSync(`locales/${tag}`, path.join(folder, 'locales', tag), { recursive: true })
	return folder
}

describe('the patch', () => {
	const take = async (ada: Actor, fields: Record<string, string>) =>
		decideSentence(ada, { sentence: await suggested(fields), outcome: 'taken' })
	const PLURAL = 'common:unread.new_many'

	test('changes the real files where they are, and no other line', async () => {
		const ada = await aCoordinator()
		const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		await take(ada, { language: 'ar', better: 'المساعدة "فورًا"' })
		await take(ada, { language: 'ar', better: 'المساعدة هنا' })
		const plural = `${sentencesOf('ar').get(PLURAL)!.text} …`
		await take(ada, { language: 'ar', key: PLURAL, better: plural })
		await take(ada, { language: 'it' })
		await suggested({ language: 'ar', key: 'common:nav.home', better: 'البداية' })
		const answer = await open(patchRoute.loader, '/coordination/sentences/ar.patch', {
			token,
			params: { tag: 'ar' },
		})
		expect(answer.headers.get('content-disposition')).toBe('attachment; filename="ar.patch"')
		const patch = await patchOf(ada, 'ar')
		const folder = aCopyOf('ar')
		writeFileSync(path.join(folder, 'ar.patch'), patch)
		const run = (program: string, ...words: string[]) =>
			execFileSync(program, words, { cwd: folder, stdio: 'pipe' })
		run('patch', '-p1', '--dry-run', '--fuzz=0', '-i', 'ar.patch')
		run('git', 'apply', '--check', 'ar.patch')
		run('git', 'apply', 'ar.patch')
		const before = JSON.parse(readFileSync('locales/ar/common.json', 'utf8'))
		const file = readFileSync(path.join(folder, 'locales/ar/common.json'), 'utf8')
		before.footer.help = 'المساعدة هنا'
		before.unread.new_many = plural
		expect(file).toBe(`${JSON.stringify(before, null, '\t')}\n`)
		expect(patch).not.toContain(ada.handle)
		expect(patch).not.toContain('البداية')
		expect(patch).not.toContain('locales/it')
	})

	test('leaves out what no longer fits, and is no file where nothing is left', async () => {
		const ada = await aCoordinator()
		await take(ada, {})
		expect(await patchOf(ada, 'it')).toContain('+\t\t"help": "Aiuto, subito"')
		await db.update(betterSentences).set({ better: 'Aiuto {{n}}' })
		expect(await codeOf(() => patchOf(ada, 'it'))).toBe('not-found')
		await db.update(betterSentences).set({ better: 'Aiuto adesso' })
		for (const tag of ['it', 'en', '_meta', '../..', undefined])
			expect(await codeOf(() => patchOf(ada, tag))).toBe('not-found')
	})
})

describe('what is kept of her', () => {
	test('her copy has her sentences, and nothing of who decided', async () => {
		const { actor } = await aJoinedMember()
		const ada = await aCoordinator()
		const sentence = await suggested({ why: 'my-reason' }, actor)
		await suggested({ better: 'Aiuto di altre' })
		await decideSentence(ada, { sentence, outcome: 'taken' })
		const html = await copyAsHtml(await takeCopy(belongings, actor, {}), 'en').text()
		expect(html).toContain('Aiuto, subito')
		expect(html).toContain('my-reason')
		expect(html).not.toContain('Aiuto di altre')
		expect(html).not.toContain(ada.handle)
	})

	test.each([
		['keep', ['taken my-reason', 'null my-reason']],
		['remove', ['taken ']],
	])('she leaves, and says %s', async (words, left) => {
		const { actor } = await aJoinedMember()
		const taken = await suggested({ why: 'my-reason' }, actor)
		await suggested({ better: 'Aiuto ora', why: 'my-reason' }, actor)
		await decideSentence(await aCoordinator(), { sentence: taken, outcome: 'taken' })
		await leave(belongings, actor, { words, sure: 'yes', passphrase: PASSPHRASE })
		const rows = await suggestions()
		expect(rows.map(({ outcome, why }) => `${outcome} ${why}`).sort()).toEqual(left.toSorted())
		expect(rows.every(({ madeBy }) => madeBy === null)).toBe(true)
		expect(render(<SuggestionsPage {...(await listSuggestions(await aCoordinator(), null))} />)).toContain(
			'Former member',
		)
	})
})

describe('the foot of every page', () => {
	const FRAME = { path: '/', locales: ['en'], nav: [], example: false, children: null }
	const foot = (fields: Partial<Parameters<typeof Frame>[0]>, locale = 'it') =>
		render(<Frame {...FRAME} locale={locale} {...fields} />, locale).replace(/^[\s\S]*<footer/, '')

	test('says that nobody who grew up with the language has read it yet, but not of English', () => {
		expect(foot({})).toContain(i18nFor('it').t('common:footer.translation'))
		expect(foot({}, 'en')).not.toMatch(/draft|checked/i)
	})

	test('says who has read it, and when', () => {
		const html = foot({ reviewed: { by: 'Casa delle donne', at: '2026-12-01' } })
		expect(html).toContain('Casa delle donne')
		expect(html).toContain('1 dicembre 2026')
		expect(html).not.toContain(i18nFor('it').t('common:footer.translation'))
	})

	const shownTo = async (from: { token?: string }, address = '/forum?page=2') => {
		const { body } = await open((args) => root(args as unknown as RequestArgs), address, from)
		return body as Awaited<ReturnType<typeof root>>
	}

	test.each([
		['a member', { status: 'active' }, '/language/better?from=%2Fforum'],
		['a woman who waits', { status: 'waiting' }, undefined],
		['a suspended woman', { status: 'suspended' }, undefined],
	] as const)('%s: the way to say it better', async (_who, fields, to) => {
		const { token } = await aMemberWithToken(fields)
		expect((await shownTo({ token })).betterTo).toBe(to)
		expect((await shownTo({ token }, '/language/better?q=a')).betterTo).toBeUndefined()
	})

	test('a guest is told the state alone', async () => {
		const { betterTo, reviewed } = await shownTo({})
		expect(betterTo).toBeUndefined()
		expect(reviewed).toBeNull()
		expect(foot({ betterTo })).not.toContain('/language/better')
		expect(foot({ betterTo: '/language/better?from=%2F' })).toContain('href="/language/better?from=%2F"')
	})
})

test.each(UI_LOCALES)('the pages have all their words in %s', async (locale) => {
	const ada = await aCoordinator()
	await suggested({ language: 'it' })
	const sentence = await suggested({ language: 'it', better: 'Aiuto ora', why: 'Meglio' })
	await decideSentence(ada, { sentence, outcome: 'taken' })
	const key = 'common:unread.new_other'
	const shown = { locale, q: 'mimosa', from: '/', thanks: true }
	const html =
		render(<SuggestionsPage {...(await listSuggestions(ada, 'it'))} />, locale) +
		render(<BetterPage {...shown} {...seeSentences(ada, locale, { q: 'mimosa', key: null })} />, locale) +
		render(<BetterPage {...shown} {...seeSentences(ada, locale, { q: '', key })} />, locale)
	expect(html.replaceAll(key, '')).not.toMatch(
		/(sentences|coordination|common|search|chat|auth|errors):[a-z]/,
	)
	expect(html).toContain('{{count}}')
})
