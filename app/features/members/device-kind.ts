/** The kind of device in a word; nothing else of the browser's description is kept. */
export function deviceKind(userAgent: string | null): 'phone' | 'tablet' | 'computer' | 'other' {
	if (!userAgent) return 'other'
	if (/ipad|tablet|android(?!.*mobile)/i.test(userAgent)) return 'tablet'
	if (/mobi|iphone/i.test(userAgent)) return 'phone'
	return /windows|macintosh|linux|cros/i.test(userAgent) ? 'computer' : 'other'
}
