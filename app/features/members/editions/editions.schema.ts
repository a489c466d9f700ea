import { z } from 'zod'
import type { EditionText } from '~/db/schema/house-rules'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { hasAtMost, isStorable } from '~/platform/text'
import { EDITION } from './editions.limits'

/** Invisible characters that turn the words around a text. */
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g
const CONTROLS = /[^\P{Cc}\n]/u

const Written = (bytes: number) =>
	z
		.string('errors:notUnderstood')
		.default('')
		// Bytes first: counting the letters of a whole book would take a second.
		.refine((text) => Buffer.byteLength(text) <= bytes, { error: 'errors:tooLong', abort: true })
		.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
		.transform((text) => text.normalize('NFC').replace(TURNING, '').trim())
		.refine((text) => !CONTROLS.test(text), 'errors:strangeCharacters')

/** One point on each line. */
export const Points = Written(EDITION.points * EDITION.pointBytes)
	.transform((text) =>
		text
			.split('\n')
			.map((line) => line.replace(/\s+/gu, ' ').trim())
			.filter(Boolean),
	)
	.refine((points) => points.length <= EDITION.points, 'editions:tooManyPoints')
	.refine((points) => points.every((point) => hasAtMost(point, EDITION.point)), 'editions:longPoint')

/** What is new in an edition. */
export const News = Written(EDITION.newsBytes).refine(
	(text) => hasAtMost(text, EDITION.news),
	'errors:tooLong',
)

/** `points-it`, `news-it` and so on. */
const Texts = z.object(
	Object.fromEntries(
		UI_LOCALES.flatMap((tag): [string, z.ZodType<string | string[]>][] => [
			[`points-${tag}`, Points],
			[`news-${tag}`, News],
		]),
	),
)

/** When the draft was last saved, as the page showed it; empty where there was none. Another's changes are not written over. */
const Seen = z.string('errors:notUnderstood').max(40, 'errors:notUnderstood').default('')

/**
 * What the form of a draft sends. English is always there; another language is there whole or not at all: every woman
 * agrees to the same points.
 */
export const Draft = z
	.intersection(z.object({ seen: Seen }), Texts)
	.transform((form) => {
		const sent = form as unknown as Record<string, string & string[]>
		const texts = UI_LOCALES.map((tag): [string, EditionText] => [
			tag,
			{ points: sent[`points-${tag}`]!, news: sent[`news-${tag}`]! },
		])
		return { seen: form.seen, texts: Object.fromEntries(texts) as Record<string, EditionText> }
	})
	.superRefine(({ texts }, context) => {
		const wrong = (path: string, message: string) =>
			context.addIssue({ code: 'custom', path: [path], message })
		const english = texts[FALLBACK_LOCALE]!
		if (english.points.length === 0) wrong(`points-${FALLBACK_LOCALE}`, 'errors:empty')
		if (english.news === '') wrong(`news-${FALLBACK_LOCALE}`, 'errors:empty')
		for (const [tag, { points, news }] of Object.entries(texts)) {
			if (tag === FALLBACK_LOCALE || (points.length === 0 && news === '')) continue
			if (points.length !== english.points.length) wrong(`points-${tag}`, 'editions:otherNumber')
			if (news === '') wrong(`news-${tag}`, 'errors:empty')
		}
	})
	.transform(({ seen, texts }) => ({
		seen,
		texts: Object.fromEntries(Object.entries(texts).filter(([, { points }]) => points.length > 0)),
	}))

export const Publish = z.object({ seen: Seen })

/** Her answer, and to what: another edition may have come meanwhile. */
export const Answer = z.object({
	answer: z.enum(['agree', 'later'], 'errors:choose'),
	version: z.string('errors:notUnderstood').max(40, 'errors:notUnderstood'),
})
