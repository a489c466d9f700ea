import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** The texts of the catalogue's source language, by their whole key ("forum:topic.title"). */
export type Texts = ReadonlyMap<string, string>

const FORMS = ['one', 'other', 'zero', 'two', 'few', 'many']
/** What is read aloud or shown of an element, beside what stands in it. */
const SPOKEN = new Set(['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'summary'])
/** What i18next itself takes out of the values. */
const OPTIONS = new Set(['context', 'defaultValue', 'lng', 'ns'])

const placeholdersOf = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!)

/** The values a call hands over by name; undefined where they cannot be read off (a spread, a variable). */
function namesOf(values: ts.Expression | undefined): string[] | undefined {
	if (!values) return []
	if (!ts.isObjectLiteralExpression(values)) return undefined
	const names = values.properties.map((property) =>
		ts.isSpreadAssignment(property) ? undefined : property.name?.getText().replace(/['"]/g, ''),
	)
	return names.includes(undefined) ? undefined : (names as string[])
}

function complaintsAbout(key: string, values: ts.Expression | undefined, texts: Texts): string[] {
	const form = FORMS.find((each) => texts.has(`${key}_${each}`))
	const text = texts.get(key) ?? texts.get(`${key}_other`)
	if (text === undefined) return [`${key} is no text of ours`]
	const given = namesOf(values)
	if (!given) return []
	const wanted = new Set(placeholdersOf(text))
	const counted = !texts.has(key) && form !== undefined
	if (counted) wanted.add('count')
	return [
		...[...wanted].filter((name) => !given.includes(name)).map((name) => `${key} is not told its ${name}`),
		...given
			.filter((name) => !wanted.has(name) && !OPTIONS.has(name))
			.map((name) => `${key} has no place for ${name}`),
	]
}

/** Calls whose first argument is a key: `t`, or what was made of an instance (`fixedT(locale)(…)`). */
function isAsking(call: ts.CallExpression) {
	const name = call.expression.getText()
	return name === 't' || /(^|\.)t$/.test(name) || /^fixedT\(.*\)$/s.test(name)
}

/** The text of `<Recorded text="…" />`, which takes no values. */
function recordedText(node: ts.Node): string | undefined {
	if (!ts.isJsxAttribute(node) || node.name.getText() !== 'text') return undefined
	if (node.parent.parent.tagName.getText() !== 'Recorded') return undefined
	return node.initializer && ts.isStringLiteral(node.initializer) ? node.initializer.text : undefined
}

/**
 * What is wrong with how a file asks for texts: a key there is not, a value that is missing, one that nothing takes, and
 * words for the reader that stand in the code itself.
 */
export function faultsIn(file: string, texts: Texts, source = readFileSync(file, 'utf8')): string[] {
	const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
	const faults: string[] = []
	const visit = (node: ts.Node) => {
		if (ts.isCallExpression(node) && isAsking(node)) {
			const [key, values] = node.arguments
			if (key && ts.isStringLiteralLike(key) && key.text.includes(':'))
				faults.push(...complaintsAbout(key.text, values, texts))
		}
		const recorded = recordedText(node)
		if (recorded !== undefined) faults.push(...complaintsAbout(recorded, undefined, texts))
		if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
			const words = ts.isStringLiteral(node.initializer) ? node.initializer.text : ''
			if (/\p{L}{2}/u.test(words) && !/^[a-z]+:[\w.]+$/.test(words))
				faults.push(`"${words}" stands in the code`)
		}
		ts.forEachChild(node, visit)
	}
	visit(tree)
	return faults.map((fault) => `${file}: ${fault}`)
}
