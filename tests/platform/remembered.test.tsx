import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Post, type PostPlace } from '~/features/forum/components/post'
import type { ShownPost } from '~/features/forum/posts.server'
import { Fragments, Pieces } from '~/platform/fragments.server'
import { i18nFor, sayInstead } from '~/platform/i18n/i18n.server'
import { rememberIn, sayMoment } from '~/remembering.server'
import { Icon } from '~/ui/icon'
import { IconSheet, IconSheetContext } from '~/ui/icon-sheet'
import type { IconName } from '~/ui/icons'
import { RememberContext, Remembered } from '~/ui/remembered'
import { Time } from '~/ui/text'

afterEach(() => {
	sayInstead(new Map())
	vi.useRealTimers()
})

/** A page as the entry writes it, its pieces kept, or (`kept` false) rendered where they stand. */
function shown(page: ReactNode, { locale = 'en', kept = true, now = new Date() } = {}) {
	const fragments = new Fragments()
	const i18n = i18nFor(locale)
	const html = renderToStaticMarkup(
		<RememberContext.Provider value={kept ? rememberIn(i18n, locale, fragments) : undefined}>
			<IconSheetContext.Provider value={fragments.icons as Set<IconName>}>
				<I18nextProvider i18n={i18n}>
					{page}
					<IconSheet />
				</I18nextProvider>
			</IconSheetContext.Provider>
		</RememberContext.Provider>,
	)
	return String(fragments.writtenOut(html, sayMoment(locale, now)))
}

const WRITTEN = new Date('2026-11-20T10:00:00Z')
const TimeAMinuteLater = ({ at }: { at: string }) => (
	<Time at={at} now={new Date(WRITTEN.getTime() + 60_000)} />
)
const POST: ShownPost = {
	id: '11111111-1111-4111-8111-111111111111',
	html: '<p>Ciao <strong>a tutte</strong></p>',
	lang: 'it',
	dir: 'ltr',
	createdAt: WRITTEN,
	editedAt: null,
	deleted: false,
	undoable: false,
	vouchable: false,
	mine: false,
	question: false,
	seed: '22222222-2222-4222-8222-222222222222',
	author: 'amal',
	aliased: false,
	badge: null,
	note: null,
	thanks: 0,
	thanked: false,
	reply: null,
}
const PLACE: PostPlace = {
	path: '/forum/a/b',
	mayWrite: true,
	moderates: false,
	alias: null,
	asked: false,
	isAnswer: false,
	replyIsHere: false,
}
const READER = { languages: ['en', 'it'], reads: ['it'], speaks: [], mayWrite: true }
const reply = {
	id: POST.id,
	author: null,
	aliased: false,
	excerpt: '"<b>"',
	lang: 'ar',
	dir: 'rtl' as const,
	note: null,
}

const post = (changed: Partial<ShownPost> = {}, place: Partial<PostPlace> = {}) => (
	<Remembered
		name="post"
		of={Post}
		props={{
			post: { ...POST, ...changed },
			place: { ...PLACE, ...place },
			found: { versions: [], wishes: [] },
			reader: READER,
		}}
	/>
)

const KINDS: [string, ReactNode][] = [
	['as it was written', post()],
	['hers', post({ mine: true, thanks: 3 })],
	['thanked', post({ thanks: 2, thanked: true, badge: 'mentor', vouchable: true })],
	['changed', post({ editedAt: new Date('2026-11-21T10:00:00Z') }, { moderates: true })],
	['an answer to one that is gone', post({ reply, aliased: true, author: null }, { alias: 2 })],
	['the answer, to who asked', post({}, { asked: true, isAnswer: true })],
	['folded', post({ note: 'heavy' as ShownPost['note'] })],
	['deleted', post({ deleted: true, undoable: true, html: '' })],
	['where she may not write', post({}, { mayWrite: false })],
]

describe('a kept piece', () => {
	const now = new Date('2026-11-23T10:00:00Z')

	test.each(KINDS)('is letter for letter what is rendered in its place: %s', (_kind, page) => {
		vi.useFakeTimers({ now })
		for (const locale of ['en', 'bg', 'ar']) {
			const plain = shown(page, { locale, kept: false, now })
			// Made, and then found again.
			expect(shown(page, { locale, now })).toBe(plain)
			expect(shown(page, { locale, now })).toBe(plain)
		}
	})

	test('no two kinds are taken for each other', () => {
		const all = KINDS.map(([, page]) => shown(page, { now }))
		expect(new Set(all).size).toBe(KINDS.length)
	})

	test('says how long ago things were when it is shown, not when it was made', () => {
		const at = (hours: number) => shown(post(), { now: new Date(WRITTEN.getTime() + hours * 3_600_000) })
		expect(at(1)).toContain('data-relative="-3600">1 hour ago<')
		expect(at(5)).toContain('data-relative="-18000">5 hours ago<')
	})

	test('brings its icons to the page, once each', () => {
		const page = (
			<>
				<Icon name="flag" />
				{post()}
				{post({ mine: true })}
			</>
		)
		for (const html of [shown(page), shown(page)]) {
			const drawn = [...html.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id)
			const used = [...html.matchAll(/<use href="#([^"]+)"/g)].map(([, id]) => id)
			expect(new Set(drawn)).toEqual(new Set(used))
			expect(drawn.length).toBe(new Set(drawn).size)
		}
	})

	test('says what the community says from now on', () => {
		expect(shown(post())).toContain('>Report<')
		sayInstead(new Map([['en', new Map([['forum:report', 'Tell us']])]]))
		expect(shown(post())).toContain('>Tell us<')
	})

	test('what a member writes stays letters, whatever they are', () => {
		const page = shown(post({ author: '\ue0040; \ue005s0;' }), { now })
		expect(page).toContain('\ue0040; \ue005s0;')
	})
})

test('a piece that nobody asks for is let go; one that is asked for stays', () => {
	const pieces = new Pieces()
	pieces.keep('asked for', { parts: [Buffer.from('a')], icons: [] })
	pieces.keep('forgotten', { parts: [Buffer.from('b')], icons: [] })
	for (let times = 0; times < 3; times += 1) {
		pieces.age()
		expect(pieces.find('asked for')).toEqual({ parts: [Buffer.from('a')], icons: [] })
	}
	expect(pieces.find('forgotten')).toBeUndefined()
})

test('too much to keep makes room by itself', () => {
	const pieces = new Pieces()
	const long = Buffer.alloc(1_000_000)
	for (let at = 0; at < 40; at += 1) pieces.keep(`piece ${at}`, { parts: [long], icons: [] })
	const found = Array.from({ length: 40 }, (_, at) => pieces.find(`piece ${at}`) !== undefined)
	expect(found.at(-1)).toBe(true)
	expect(found.filter(Boolean).length).toBeLessThanOrEqual(32)
})

test('a time told to be of another moment than now stays as it was told', () => {
	const page = <Remembered name="told" of={TimeAMinuteLater} props={{ at: WRITTEN.toISOString() }} />
	expect(shown(page)).toContain('1 minute ago')
})
