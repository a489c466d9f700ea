import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { chainOf } from '~/platform/i18n/chain'
import { isUiLocale, UI_LOCALES } from '~/platform/i18n/i18n.server'
import { dirOf } from '~/platform/i18n/languages'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { asCoordinator } from '../people.server'
import { readStates, stateIn } from './states.server'
import {
	isSource,
	textIn,
	WORDING_STATES,
	type Worded,
	type WordedField,
	type WordedItem,
	type WordingState,
} from './worded'
import { seenOf } from './writing.server'

const THINGS_A_PAGE = 5

/** What there is to do, where no state is asked for. */
const TO_DO: readonly WordingState[] = ['missing', 'outdated']

type Sources = readonly Worded[]
type Counts = Record<WordingState, number>

const noCounts = (): Counts => ({ missing: 0, outdated: 0, drafted: 0, done: 0 })

const isState = (text: string | null): text is WordingState => WORDING_STATES.some((state) => state === text)

/** Everything that is said in several languages, and how far it is in each. A query for each kind, and one. */
async function readAll(sources: Sources, chain: readonly string[]) {
	const [states, ...items] = await Promise.all([
		readStates(sources.map(({ kind }) => kind)),
		...sources.map((source) => source.items(chain)),
	])
	return sources.map((source, at) => ({
		source,
		items: items[at]!.map((item) => ({
			item,
			stateIn: (tag: string) => stateIn(source.fields, item, tag, states.get(source.kind)!),
		})),
	}))
}

/**
 * The one screen of what lacks where: for each language how much, and for each thing how far it is in each. Without
 * `state` only things that lack something anywhere, else those that are so somewhere (done: everywhere).
 */
export async function seeWording(sources: Sources, actor: Actor, locale: string, asked: string | null) {
	asCoordinator(actor)
	const state = isState(asked) ? asked : null
	const counts = new Map(UI_LOCALES.map((tag) => [tag, noCounts()]))
	const kinds = (await readAll(sources, chainOf(locale, actor))).map(({ source, items }) => ({
		kind: source.kind,
		title: source.title,
		things: items.map(({ item, stateIn }) => {
			const states = UI_LOCALES.map(stateIn)
			for (const [at, one] of states.entries()) if (one) counts.get(UI_LOCALES[at]!)![one] += 1
			return { id: item.id, title: item.title, states }
		}),
	}))
	return {
		state,
		languages: UI_LOCALES.map((tag) => ({ tag, counts: counts.get(tag)! })),
		kinds: kinds.map((kind) => ({
			...kind,
			things: kind.things.filter(({ states }) => isShown(states, state)),
		})),
	}
}

export type WordingSeen = Awaited<ReturnType<typeof seeWording>>

function isShown(states: readonly (WordingState | null)[], asked: WordingState | null) {
	const isDone = states.every((one) => one === null || one === 'done')
	if (asked === null) return !isDone
	return asked === 'done' ? isDone : states.includes(asked)
}

/** A text as the form of its language shows it. */
function presentField(item: WordedItem, field: WordedField, locale: string) {
	const { name, label, long, points, optional, door } = field
	const worded = item.texts[name]!
	const lang = door ? undefined : FALLBACK_LOCALE
	return {
		name,
		label,
		long: long ?? points ?? false,
		optional: optional ?? false,
		source: isSource(field, locale) || !worded.source ? null : { text: worded.source, lang },
		text: textIn(worded, locale),
	}
}

/**
 * What is to be written in one language, a few things a page, each with its source beside it. Throws `not-found` for a
 * language these pages do not speak.
 */
export async function seeWordingIn(
	sources: Sources,
	actor: Actor,
	locale: string,
	{ tag, state: asked, page: at }: { tag: string; state: string | null; page: string | null },
) {
	asCoordinator(actor)
	if (!isUiLocale(tag)) throw new AppError('not-found')
	const state = isState(asked) ? asked : null
	const counts = noCounts()
	const found = (await readAll(sources, chainOf(locale, actor))).flatMap(({ source, items }) =>
		items.flatMap(({ item, stateIn }) => {
			const now = stateIn(tag)
			if (now) counts[now] += 1
			return now && (state ? now === state : TO_DO.includes(now)) ? [{ source, item, state: now }] : []
		}),
	)
	const pages = Math.max(1, Math.ceil(found.length / THINGS_A_PAGE))
	const page = Math.min(pages, Math.max(1, Number.parseInt(at ?? '', 10) || 1))
	return {
		tag,
		dir: dirOf(tag),
		state,
		counts,
		page,
		pages,
		things: found
			.slice((page - 1) * THINGS_A_PAGE, page * THINGS_A_PAGE)
			.map(({ source, item, state: now }) => ({
				kind: source.kind,
				kindTitle: source.title,
				id: item.id,
				title: item.title,
				state: now,
				isOpen: !item.closed?.includes(tag),
				seen: seenOf(source, item, tag),
				fields: source.fields
					.filter(({ name }) => item.texts[name])
					.map((field) => presentField(item, field, tag)),
			})),
	}
}

export type WordingInSeen = Awaited<ReturnType<typeof seeWordingIn>>
