import { describe, expect, test } from 'vitest'
import { renderBody } from '~/features/forum/markdown.server'

describe('what formatting does', () => {
	test.each([
		['one\n\ntwo\nthree', '<p>one</p>\n<p>two<br>\nthree</p>'],
		['- bread\n- salt', '<ul>\n<li>bread</li>\n<li>salt</li>\n</ul>'],
		['**важно**', '<p><strong>важно</strong></p>'],
		['> he said', '<blockquote>\n<p>he said</p>\n</blockquote>'],
		['# not a heading', '<p># not a heading</p>'],
		['=cmd|+1 {{x}} $t(errors:empty)', '<p>=cmd|+1 {{x}} $t(errors:empty)</p>'],
	])('%j', (body, html) => {
		expect(renderBody(body)).toBe(html)
	})

	test('a link goes out without telling where from', () => {
		expect(renderBody('https://example.org/a')).toBe(
			'<p><a href="https://example.org/a" rel="nofollow noopener noreferrer ugc">https://example.org/a</a></p>',
		)
	})
})

describe('what it never does', () => {
	test.each([
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'<a href="javascript:alert(1)">x</a>',
		'[x](javascript:alert(1))',
		'[x](JaVaScRiPt:alert(1))',
		'[x](data:text/html;base64,PHNjcmlwdD4=)',
		'[x](//evil.example)',
		'[x](/exit)',
		'![x](https://evil.example/pixel.png)',
		'[![x](https://evil.example/p.png)](https://evil.example)',
		'<svg/onload=alert(1)>',
		'`<b>`',
		'&lt;script&gt;',
		'</div></main><form action=https://evil.example><input name=passphrase>',
		'<!--',
		']]>',
	])('%s', (body) => {
		const html = renderBody(body)
		expect(html).not.toMatch(/<(?!\/?(p|br|ul|ol|li|strong|em|blockquote|a)\b)/)
		expect(html).not.toMatch(/<[a-z]+[^>]*\s(on\w+|style|src|srcset|action|id|class)=/i)
		const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)
		for (const target of targets) expect(target).toMatch(/^https?:\/\//)
	})
})
