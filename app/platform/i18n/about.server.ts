import { z } from 'zod'

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** What has been done with a language. `readBack`: a second reader said in her words what each sentence means. */
const Done = z.strictObject({ drafted: Month, readBack: Month.nullable(), notes: z.string().min(1) })

/** `source` is what the others are written from; `reviewed` is said only once a native speaker has read all of it. */
const AboutLocale = z.discriminatedUnion('state', [
	Done.extend({ state: z.enum(['source', 'drafted']), reviewed: z.null() }),
	Done.extend({
		state: z.literal('reviewed'),
		reviewed: z.strictObject({ by: z.string().min(1), at: z.iso.date() }),
	}),
])
type AboutLocale = z.infer<typeof AboutLocale>

const files = import.meta.glob<unknown>('/locales/*/_about.json', { eager: true, import: 'default' })

/** Checks what a language's `_about.json` says. Throws where it says anything else than these facts. */
export const readAbout = (raw: unknown): AboutLocale => AboutLocale.parse(raw)

const about = new Map(
	Object.entries(files).map(([path, raw]) => [path.split('/')[2]!, readAbout(raw)] as const),
)

/** How far a language of the interface is; undefined where nobody has written it down. */
export const aboutLocale = (tag: string): AboutLocale | undefined => about.get(tag)
