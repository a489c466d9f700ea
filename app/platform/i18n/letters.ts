/** Where many devices have no letters of their own: one font each, named as in app/ui/fonts (docs/decisions/027). */
const SENT: Record<string, string> = { ka: 'georgian', ti: 'ethiopic' }

/**
 * Which font a page names, and so may load: that of its language, Nastaliq for who chose it and reads Urdu; none where
 * the browser asks to save data.
 */
export function lettersFor(locale: string, nastaliq: boolean, request: Request): string | undefined {
	if (/\bon\b/i.test(request.headers.get('save-data') ?? '')) return undefined
	if (locale === 'ur') return nastaliq ? 'nastaliq' : undefined
	return SENT[locale]
}
