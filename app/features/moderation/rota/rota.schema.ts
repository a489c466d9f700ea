import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'

const Id = z.uuid('errors:notUnderstood')

/** "22:00", as fields for a time send it; some browsers add seconds. In minutes after midnight. */
const Minute = z
	.string('errors:empty')
	.regex(/^([01]\d|2[0-3]):[0-5]\d(:\d\d)?$/, 'errors:empty')
	.transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)))

/** Ticked boxes of one name: none sends nothing, one sends a text, several a list. */
const Languages = z.preprocess(
	(raw) => (raw === undefined || raw === '' ? [] : [...new Set([raw].flat())]),
	z
		.array(z.string('errors:choose').refine(isLanguage, 'errors:choose'), 'errors:choose')
		.min(1, 'rota:chooseLanguages')
		.max(20, 'errors:tooMany'),
)

export const AddShift = z
	.object({
		/** Whose it is; empty: her own. */
		member: z
			.union([z.literal(''), Id], 'errors:choose')
			.optional()
			.transform((value) => value || null),
		weekday: z.enum(['1', '2', '3', '4', '5', '6', '7'], 'errors:choose').transform(Number),
		from: Minute,
		to: Minute,
		languages: Languages,
	})
	.refine(({ from, to }) => from !== to, { path: ['to'], error: 'rota:sameTime' })

export const RemoveShift = z.object({ shift: Id })
