/**
 * Text a person wrote, rendered by our server with HTML switched off. The only place in the
 * product that sets HTML: whatever is passed here must come from the stored, rendered body.
 */
export function Prose({ html, lang, dir }: { html: string; lang: string; dir: 'ltr' | 'rtl' | 'auto' }) {
	// biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by markdown.server with html: false
	return <div className="prose" lang={lang} dir={dir} dangerouslySetInnerHTML={{ __html: html }} />
}
