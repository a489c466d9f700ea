/** One thing in a form that is filled in. */
interface Control {
	name: string
	kind: string
	value: string
	checked: boolean
	/** What a list offers, in its order. */
	options: string[]
}

export interface FormIn {
	id: string
	controls: Control[]
}

const MARKS: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&amp;': '&' }
const plain = (text: string) => text.replaceAll(/&(?:lt|gt|quot|#x27|amp);/g, (mark) => MARKS[mark]!)

const attributesOf = (tag: string) =>
	Object.fromEntries(
		[...tag.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!.toLowerCase(), plain(value!)]),
	) as Record<string, string | undefined>

function optionsIn(html: string) {
	const tags = [...html.matchAll(/<option\b[^>]*>/g)].map(([tag]) => attributesOf(tag))
	const values = tags.map(({ value = '' }) => value)
	return {
		options: values,
		value: tags.find(({ selected }) => selected !== undefined)?.value ?? values[0] ?? '',
	}
}

function controlOf([tag, kind = 'input', inside = '']: RegExpMatchArray): Control {
	const { name = '', type = 'text', value = '', checked } = attributesOf(tag.slice(0, tag.indexOf('>') + 1))
	const control = { name, kind, value, checked: checked !== undefined, options: [] }
	if (kind === 'textarea') return { ...control, value: plain(inside.replace(/^\n/, '')) }
	return kind === 'select'
		? { ...control, ...optionsIn(inside) }
		: { ...control, kind: type, value: type === 'checkbox' && !value ? 'on' : value }
}

const CONTROL = /<(textarea|select)\b[^>]*>([\s\S]*?)<\/\1>|<input\b[^>]*>/g

/** The forms of a rendered page, as a browser reads them: React writes attributes in quotes and nothing unescaped. */
export const formsIn = (html: string): FormIn[] =>
	[...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => ({
		id: attributesOf(head).id ?? '',
		controls: [...inside.matchAll(CONTROL)].map(controlOf).filter(({ name }) => name !== ''),
	}))

/** Whether she fills it in. */
export const isTyped = ({ kind }: Control) => kind !== 'hidden'

/** What a browser would send of the form. */
export const sentBy = ({ controls }: FormIn): [string, string][] =>
	controls
		.filter(({ kind, checked }) => (kind !== 'checkbox' && kind !== 'radio') || checked)
		.map(({ name, value }) => [name, value])

const WORDS: Record<string, string> = { date: '2031-02-03', time: '10:30', number: '3' }

function filledIn(control: Control, at: number, all: readonly Control[]): Control {
	const { kind, name, checked, options } = control
	if (kind === 'hidden') return control
	if (kind === 'select') return { ...control, value: options.at(-1) ?? '' }
	if (kind === 'checkbox') return { ...control, checked: !checked }
	if (kind === 'radio')
		return {
			...control,
			checked: all.findLastIndex((one) => one.kind === 'radio' && one.name === name) === at,
		}
	const words = WORDS[kind] ?? `Mie parole ${at} "<b>" & 'così'`
	return { ...control, value: kind === 'textarea' ? `\n${words}\n\nE poi` : words }
}

/** The form with something else in every field than there was. */
export const filledForm = ({ id, controls }: FormIn): FormIn => ({ id, controls: controls.map(filledIn) })
