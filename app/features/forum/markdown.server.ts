import MarkdownIt from 'markdown-it'

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

/** A body as HTML for `Prose`; rendered once, when the post is written, and stored beside the source. */
export const renderBody = (body: string): string => markdown.render(body).trim()
