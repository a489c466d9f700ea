import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { faultsIn } from './asked-texts'

type Tree = { [key: string]: string | Tree }

const flat = (tree: Tree, prefix: string): [string, string][] =>
	Object.entries(tree).flatMap(([key, value]): [string, string][] =>
		typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
	)
const texts = new Map(
	readdirSync('locales/en')
		.filter((file) => !file.startsWith('_'))
		.flatMap((file) =>
			flat(JSON.parse(readFileSync(`locales/en/${file}`, 'utf8')) as Tree, `${file.replace('.json', '')}:`),
		),
)
const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
	.filter((name) => /\.tsx?$/.test(name))
	.map((name) => `app/${name}`)

describe('T10, T11: every text is asked for by a key there is, with the values it takes', () => {
	test('in the whole app', () => {
		expect(files.flatMap((file) => faultsIn(file, texts))).toEqual([])
	})

	const PLANTED = [
		["t('common:no.such.key')", 'is no text of ours'],
		["t('common:unread.new')", 'is not told its count'],
		["t('common:form.left', { m: 3 })", 'is not told its n'],
		["t('common:form.left', { n: 3, m: 3 })", 'has no place for m'],
		["fixedT(locale)('common:no.such.key')", 'is no text of ours'],
		['<Recorded text="common:no.such.key" />', 'is no text of ours'],
		['<Recorded text="common:form.left" />', 'is not told its n'],
		['<a title="Go on">{x}</a>', 'stands in the code'],
	]
	test.each(PLANTED)('a planted fault is found: %s', (code, complaint) => {
		expect(faultsIn('planted.tsx', texts, code).join()).toContain(complaint)
	})

	test('what is right is left alone', () => {
		const code =
			"t('common:unread.new', { count }); t('common:form.left', { n }); t(key); <a title={t('common:nav.forum')} />"
		expect(faultsIn('planted.tsx', texts, code)).toEqual([])
	})
})
