import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { JoinForm } from '~/features/members/components/join-form'
import { RecoverForm } from '~/features/members/components/recover-form'
import { SafetyPage } from '~/features/members/components/safety-page'
import { NewRulesPage } from '~/features/members/editions/components/new-rules-page'
import { LessonPage } from '~/features/mentoring/offers/components/training-lesson'
import { TrainingPage } from '~/features/mentoring/offers/components/training-page'
import { ToldPage } from '~/features/safety/components/told-page'
import { PRIVACY } from '~/features/safety/privacy'
import { isHeard } from '~/heard-pages'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { ClipsContext } from '~/ui/recorded'

const offer = { words: 'lamp magical desert tune', bits: 44 }
const training = { valid: false, due: false, validUntil: null, done: [], next: 'role' as const }
const rules = { version: '1', until: new Date(0), first: false, product: true, editions: [] }
const safety = (secondFactor: 'none' | 'due' | 'on') => (
	<SafetyPage state={{ fresh: false, codes: 3, secondFactor }} offer={offer} changed stopped />
)

const PAGES: [string, ReactElement][] = [
	['/join', <JoinForm key="" offer={offer} code="" needsApproval />],
	['/recover', <RecoverForm key="" offer={offer} />],
	['/me/safety', safety('none')],
	['/me/safety', safety('due')],
	['/me/safety', safety('on')],
	['/rules/accept', <NewRulesPage key="" rules={rules} next="/" />],
	['/rules/accept', <NewRulesPage key="" rules={{ ...rules, first: true }} next="/" />],
	['/mentoring/training', <TrainingPage key="" training={training} offered={false} />],
	[
		'/mentoring/training/safety',
		<LessonPage key="" lesson="safety" number={1} of={7} passed={false} tried="a" />,
	],
	[
		'/privacy',
		<ToldPage key="" title="safety:privacy.title" lead="safety:privacy.lead" parts={PRIVACY}>
			{null}
		</ToldPage>,
	],
]

const english = i18nFor('en')

type Tree = { [key: string]: string | Tree }
const said = (tree: Tree): string[] =>
	Object.values(tree).flatMap((one) => (typeof one === 'string' ? one : said(one)))
/** Texts with nothing to fill in: these can be spoken once for all. */
const FIXED = new Set(said(english.getDataByLanguage('en') as Tree).filter((text) => !text.includes('{{')))

/** All there is to record has been recorded. */
const EVERY_CLIP = new Proxy<Record<string, string>>({}, { get: (_none, key) => `/audio/${String(key)}` })

const render = (page: ReactElement) =>
	renderToStaticMarkup(
		<I18nextProvider i18n={english}>
			<ClipsContext.Provider value={EVERY_CLIP}>{page}</ClipsContext.Provider>
		</I18nextProvider>,
	)

/** What is never said, as the page's reader leaves it out: the way back, buttons that send nothing, her passphrase. */
const UNSAID = /<(a class="back"|button type="button"|bdi class="handle)[^>]*>.*?<\/(a|button|bdi)>/g

const plain = (html: string) =>
	html.replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim()

describe('on a page that can be heard', () => {
	test.each(PAGES)('each fixed sentence of %s may have a recording', (path, page) => {
		expect(isHeard(path)).toBe(true)
		const html = render(page)
		expect(html.match(/data-clip=/g)?.length).toBeGreaterThan(3)
		const unmarked = html
			.replaceAll(UNSAID, '')
			.replaceAll(/<span data-clip="[^"]*">[^<]*<\/span>/g, '')
			.split(/<[^>]*>/)
			.map(plain)
		expect(unmarked.filter((text) => FIXED.has(text))).toEqual([])
	})

	test('the passphrase she is offered has none', () => {
		expect(render(<JoinForm offer={offer} code={null} needsApproval={false} />)).toContain(
			`translate="no">${offer.words}</bdi>`,
		)
	})
})
