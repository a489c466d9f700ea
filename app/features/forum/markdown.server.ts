import MarkdownIt from 'markdown-it'
import { endsName, mayPrecedeMention } from './mention-edges'

/**
 * Light formatting only: paragraphs, line breaks, lists, bold, emphasis, quotes and links. No raw HTML, no images (an
 * image loads from elsewhere and tells on the reader), no headings or tables that would break the page's outline.
 */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable([
	'image',
	'heading',
	'lheading',
	'code',
	'fence',
	'backticks',
	'hr',
	'table',
	'html_block',
	'html_inline',
	'reference',
])

markdown.validateLink = (url) => /^https?:\/\//i.test(url)
// "example.it" alone stays text: a word with a dot in it is more often a missing space than an address.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
	tokens[index]?.attrSet('rel', 'nofollow noopener noreferrer ugc')
	return self.renderToken(tokens, index, options)
}

interface Env {
	/** Handles as she wrote them, the longest first. */
	mentions?: readonly string[]
}

markdown.inline.ruler.before('text', 'mention', (state, silent) => {
	const { src, pos } = state
	if (src[pos] !== '@' || !mayPrecedeMention(src.slice(0, pos))) return false
	const { mentions = [] } = state.env as Env
	const named = mentions.find(
		(written) => src.startsWith(written, pos + 1) && endsName(src, pos + 1 + written.length),
	)
	if (!named) return false
	if (!silent) state.push('mention', '', 0).content = named
	state.pos += named.length + 1
	return true
})
// In its own direction, so that a name in another script never turns the line around.
markdown.renderer.rules.mention = (tokens, index) =>
	`<strong translate="no"><bdi>@${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</bdi></strong>`

/** A body as HTML for `Prose`, with these handles in bold; rendered once, when it is written, and stored beside the source. */
export const renderBody = (body: string, mentions: readonly string[] = []): string =>
	markdown.render(body, { mentions } satisfies Env).trim()

/** A body without its signs, for an excerpt; what it quotes from others is left out. */
export function plainText(body: string): string {
	let quoted = 0
	const said: string[] = []
	for (const { type, children } of markdown.parse(body, {})) {
		if (type === 'blockquote_open') quoted += 1
		if (type === 'blockquote_close') quoted -= 1
		if (quoted > 0 || !children) continue
		said.push(children.map(({ type: kind, content }) => (kind === 'text' ? content : ' ')).join(''))
	}
	return said.join(' ').replace(/\s+/g, ' ').trim()
}
