import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ICONS, TURNING_ICONS } from '~/ui/icons'

/** What scripts without capitals, with joined letters or without a slanted hand lose (LANGUAGES.md P21). */
const NOT_JOINED = ['ar', 'fa', 'ur']
const NO_ITALICS = ['ar', 'fa', 'ur', 'bn', 'ti', 'ka', 'zh']

const THEME = 'app/ui/theme'
const styles = readdirSync(THEME)
	.map((name) => `${THEME}/${name}`)
	.concat('app/ui/theme.css')
const sources = readdirSync('app', { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.tsx'))
	.map((name) => `app/${name}`)

const bare = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '')
const read = (file: string) => bare(readFileSync(file, 'utf8'))

interface Said {
	property: string
	value: string
}

/** Every declaration of a style sheet. */
const declared = (css: string): Said[] =>
	[...css.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, property, value]) => ({
		property: property!,
		value: value!.trim(),
	}))

const PHYSICAL = /^(left|right|(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)(-|$))/
const CORNER = /^border-(top|bottom)-(left|right)-radius$/
const SIDED = ['float', 'clear', 'text-align', 'text-align-last', 'caption-side', 'resize', 'justify-content']
/** Shorthands whose second and fourth value are the right and the left side. */
const FOUR_SIDES = /^(margin|padding|inset|border-(width|color|style)|scroll-(margin|padding))$/

/** The values of a shorthand, brackets kept whole. */
const values = (value: string) => value.match(/[^\s(]+(\([^)]*\))?/g) ?? []

/** Whether it names a side of the screen where it should name an end of the line. */
function isPhysical({ property, value }: Said) {
	if (PHYSICAL.test(property) || CORNER.test(property)) return true
	if (SIDED.includes(property) && /\b(left|right)\b/.test(value)) return true
	const sides = values(value)
	return FOUR_SIDES.test(property) && sides.length === 4 && sides[1] !== sides[3]
}

const wrongIn = (css: string, isWrong: (said: Said) => boolean) =>
	declared(css)
		.filter(isWrong)
		.map(({ property, value }) => `${property}: ${value}`)

describe('one style sheet serves both directions', () => {
	test.each(styles)('%s names no side of the screen', (file) => {
		expect(wrongIn(read(file), isPhysical)).toEqual([])
	})

	test('nor does a class or a style of a component', () => {
		const classes =
			/["'`\s:](-?(ml|mr|pl|pr|left|right|border-l|border-r|rounded-[lr]|rounded-[tb][lr]|scroll-[mp][lr])-[0-9a-z[]|(text|float|clear)-(left|right)\b)/
		const inline = /style=\{\{[^}]*?\b(\w+(Left|Right)|left|right)\b/
		const code = (file: string) => read(file).replaceAll(/'(chevron|arrow)-(left|right)'/g, '')
		expect(sources.filter((file) => classes.test(code(file)) || inline.test(code(file)))).toEqual([])
	})

	test.each([
		'a { margin-left: 4px; }',
		'a { border-left-width: 1px; }',
		'a { border-top-right-radius: 4px; }',
		'a { text-align: right; }',
		'a { float: left; }',
		'a { inset: 0 4px 0 auto; }',
		'a { padding: 0 calc(1px + 2px) 0 4px; }',
		'a { b: c; left: 0; }',
	])('%s would be found', (css) => expect(wrongIn(css, isPhysical)).toHaveLength(1))

	test.each([
		'a { margin-inline-start: 4px; }',
		'a { padding: 4px 8px 2px 8px; }',
		'a { text-align: end; }',
		'a:not(.left) { inset: 0; }',
	])('%s is fine', (css) => expect(wrongIn(css, isPhysical)).toEqual([]))
})

/** A style sheet as its innermost rules: the selectors around each, outermost first, and what they declare. */
function rulesOf(css: string) {
	const rules: { selector: string; said: Said[] }[] = []
	const open: string[] = []
	for (const [, before = '', sign] of css.matchAll(/([^{}]*)([{}])/g)) {
		const parts = before.split(';')
		const said = declared(`{${(sign === '{' ? parts.slice(0, -1) : parts).join(';')}}`)
		if (said.length > 0) rules.push({ selector: open.join(' '), said })
		if (sign === '{') open.push(parts.at(-1)!.trim())
		else open.pop()
	}
	return rules
}

describe('letters of every script', () => {
	const rules = styles.flatMap((file) => rulesOf(read(file)))
	const utilities = /["'`\s](uppercase|capitalize|tracking-\S+|italic)["'`\s]/

	test('no capitals by style: Greek loses its accents, Turkish its i, Georgian its letters', () => {
		const found = rules.flatMap(({ said }) => said).filter(({ property }) => property === 'text-transform')
		expect(found.filter(({ value }) => value !== 'none')).toEqual([])
	})

	test('no space between letters that join', () => {
		const spaced = rules.filter(({ said }) =>
			said.some(({ property, value }) => property === 'letter-spacing' && !/^(0|normal)$/.test(value)),
		)
		const reaches = ({ selector }: { selector: string }) =>
			!/:lang\(/.test(selector) || NOT_JOINED.some((tag) => selector.includes(tag))
		expect(spaced.filter(reaches)).toEqual([])
	})

	test('nothing slanted but what says where it is not', () => {
		const slanted = rules.filter(({ said }) => said.some(({ value }) => /^(italic|oblique)/.test(value)))
		expect(slanted).toEqual([])
		const upright = rules.filter(({ said }) =>
			said.some(({ property, value }) => property === 'font-style' && value === 'normal'),
		)
		const tags = upright.flatMap(
			({ selector }) => /:lang\(([^)]*)\)/.exec(selector)?.[1]?.split(/,\s*/) ?? [],
		)
		expect(NO_ITALICS.filter((tag) => !tags.includes(tag))).toEqual([])
	})

	test('no component asks for it either', () => {
		expect(sources.filter((file) => utilities.test(read(file)))).toEqual([])
	})
})

describe('icons', () => {
	test('that point turn round', () => {
		const pointing = ICONS.filter((name) =>
			/(left|right|forward|back|indent|undo|redo)(-|$)|^(log|door|send|reply|list)/.test(name),
		)
		expect(pointing.filter((name) => !(TURNING_ICONS as readonly string[]).includes(name))).toEqual([])
	})

	test('that stand for a thing do not', () => {
		const upright = TURNING_ICONS.filter((name) =>
			/check$|clock|history|phone|play|pause|search|pencil|pen-|question|help|volume|up|down/.test(name),
		)
		expect(upright).toEqual([])
	})

	test('are decided once', () => expect(ICONS.length).toBe(new Set(ICONS).size))
})

/** Names that stand bare in a sentence: in an attribute or a call they are isolated by whoever takes them. */
function bareNames(text: string) {
	const names = text.matchAll(
		/(?<![=$(,]\s*)\{(?:\w+\.)*(?:handle|author|organisation|mentor|mentee|woman)\}/g,
	)
	return [...names]
		.filter(({ index }) => !/<(Bdi|bdi)\b[^<>]*>\s*$/.test(text.slice(0, index)))
		.map(([name]) => name)
}

test('a name stands in an element of its own, which keeps its direction', () => {
	expect(sources.flatMap((file) => bareNames(read(file)).map((name) => `${file}: ${name}`))).toEqual([])
	expect(bareNames('<p>{post.author}</p><Bdi>{handle}</Bdi><Person handle={handle} />')).toEqual([
		'{post.author}',
	])
})
