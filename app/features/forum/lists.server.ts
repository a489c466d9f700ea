import { entranceOf } from '~/features/members/entrance.server'
import { silenceIn } from '~/features/moderation/measures/restraints'
import type { Actor } from '~/platform/actor'
import { cursorOf, type Place, readCursor, timeOf } from '~/platform/cursor'
import { AppError } from '~/platform/errors'
import { isUuid, pgArray } from '~/platform/text'
import { accessSpace } from './access.server'
import { canWrite } from './forum.policy'
import {
	byActivity,
	findPage,
	findPlace,
	findSeen,
	LOOKED_AT,
	type PageShape,
	type Shape,
	TOPICS_A_PAGE,
} from './list-statements.server'
import { ALL_SPACES, filtersLanguages, isList } from './lists'
import { nameSpace } from './spaces.server'
import { inShownOrder, presentRow, readerOf } from './topic-rows.server'

/** Questions in other languages are counted to here: on any page, more is "more". */
const HIDDEN_COUNTED = 100
/** What the address of a list asks for. */
export interface ListAddress {
	/** A space's id, or `all` for every space she may enter. */
	space: string
	list: string | null
	languages: string | null
	before: string | null
	after: string | null
}

interface Wanted {
	actor: Actor
	locale: string
	shape: Shape
	/** What the statements are executed with. */
	asked: Record<string, unknown>
}

async function readPlace({ actor, locale, shape, asked }: Wanted) {
	if (!shape.inSpace) {
		const [counts] = shape.filtered ? await findSeen(shape).execute(asked) : []
		return { space: null, follows: false, looked: counts?.looked ?? 0, hidden: counts?.hidden ?? 0 }
	}
	const [found] = await findPlace(shape).execute(asked)
	if (!found) throw new AppError('not-found')
	const { follows, looked, hidden, ...space } = found
	return { space: nameSpace(actor, locale, space), follows, looked, hidden }
}

type FoundPlace = Awaited<ReturnType<typeof readPlace>>

const read = ({ shape, asked }: Wanted, more: Pick<PageShape, 'from' | 'byLanguage'>, place?: Place) =>
	findPage({ ...shape, ...more }).execute({
		...asked,
		...(place && { time: timeOf(place), id: place.id }),
	})

/** What walking along the list found, or where that ended before the page was full, what the languages lead to. */
async function readRows(wanted: Wanted, at: Promise<FoundPlace>, from: PageShape['from'], place?: Place) {
	const [rows, { looked }] = await Promise.all([read(wanted, { from, byLanguage: false }, place), at])
	const isShort = rows.filter(({ first }) => !first).length <= TOPICS_A_PAGE
	if (!wanted.shape.filtered || !isShort || looked < LOOKED_AT) return rows
	return read(wanted, { from, byLanguage: true }, place)
}

async function readPage(wanted: Wanted, at: Promise<FoundPlace>, from: PageShape['from'], place?: Place) {
	const found = await readRows(wanted, at, from, place)
	const pinned = found.filter(({ first }) => first)
	const rows = found.slice(pinned.length)
	const more = rows.length > TOPICS_A_PAGE
	if (from === 'newer') return { pinned, rows: more ? rows.slice(1) : rows, older: true, newer: more }
	return { pinned, rows: rows.slice(0, TOPICS_A_PAGE), older: more, newer: place !== undefined }
}

/** One page, from either end. What is newer than the first page is the first page, full. */
async function turnTo(wanted: Wanted, at: Promise<FoundPlace>, { before, after }: ListAddress) {
	const [newer, older] = [readCursor(after), readCursor(before)]
	const page = newer && (await readPage(wanted, at, 'newer', newer))
	if (page?.newer) return page
	return !newer && older ? readPage(wanted, at, 'older', older) : readPage(wanted, at, 'beginning')
}

/** `exact` where all were looked at, `more` than a hundred, or `some` where nobody counted to the end. */
function hiddenAs({ looked, hidden }: Pick<FoundPlace, 'looked' | 'hidden'>) {
	if (hidden > HIDDEN_COUNTED) return { kind: 'more' as const, count: HIDDEN_COUNTED }
	return { kind: looked < LOOKED_AT ? ('exact' as const) : ('some' as const), count: hidden }
}

export type HiddenByLanguage = ReturnType<typeof hiddenAs>

/** The languages she can read a question in: those she reads or speaks, and that of her pages. */
export const languagesOf = (actor: Actor, locale: string) => [
	...new Set([...actor.reads, ...actor.speaks, locale]),
]

/** A space as its pages name it. Throws `not-found`. */
export async function readSpace(actor: Actor, locale: string, id: string) {
	const { icon, aliasAllowed, names, descriptions } = await accessSpace(actor, id)
	return nameSpace(actor, locale, { id, icon, aliasAllowed, names, descriptions })
}

/** One page of a list of topics, of one space or of all she may enter; two queries, at most four. Throws `not-found`. */
export async function readTopicList(actor: Actor, locale: string, address: ListAddress) {
	const inSpace = address.space !== ALL_SPACES
	if (inSpace && !isUuid(address.space)) throw new AppError('not-found')
	const list = isList(address.list) ? address.list : 'activity'
	const filtered = filtersLanguages(list) && address.languages !== 'all'
	const wanted = {
		actor,
		locale,
		shape: { list, inSpace, filtered, blocks: actor.blocked.length > 0 },
		asked: {
			...readerOf(actor, locale),
			...entranceOf(actor),
			space: inSpace ? address.space : null,
			languages: pgArray(languagesOf(actor, locale)),
		},
	}
	const at = readPlace(wanted)
	const [{ space, follows, ...counts }, page] = await Promise.all([at, turnTo(wanted, at, address)])
	const ends = page.rows.map(({ id, micros }) => cursorOf({ id, micros }))
	const rows = byActivity(list) ? inShownOrder(actor, page.rows) : page.rows
	return {
		space,
		list,
		filtered,
		hidden: filtered ? hiddenAs(counts) : null,
		follows,
		topics: [...page.pinned, ...rows].map(presentRow(actor, locale, space?.name ?? null)),
		older: (page.older && ends.at(-1)) || null,
		newer: (page.newer && ends[0]) || null,
		mayWrite: canWrite(actor, space?.id ?? null),
		silence: silenceIn(actor, space?.id ?? null),
	}
}

export type TopicListPage = Awaited<ReturnType<typeof readTopicList>>
