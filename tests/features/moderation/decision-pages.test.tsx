import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { DecideForm } from '~/features/moderation/components/decide'
import { decisionOf, recordOf } from '~/features/moderation/components/labels'
import { MyDecisions, type MyStatement } from '~/features/moderation/components/my-decisions'
import { ACT, outcomesOf } from '~/features/moderation/components/outcomes'
import { ACTS, type Decision } from '~/features/moderation/moderation.words'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'

const page = (locale: string, element: React.ReactElement) =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{element}</I18nextProvider>)

const shown = {
	kind: 'post',
	appeal: false,
	inSpace: true,
	aliased: false,
	offered: ACTS,
	reasons: [{}],
} as unknown as Parameters<typeof DecideForm>[0]['shown']

const statement: MyStatement = {
	id: 's1',
	action: 'hidden',
	automated: false,
	foundByRule: false,
	waits: false,
	kind: 'post',
	excerpt: 'My words',
	lang: 'en',
	dir: 'ltr',
	rule: 'insult',
	words: '',
	createdAt: new Date('2026-11-20T10:00:00Z'),
	unseen: true,
	undoneAt: null,
	appealedAt: null,
	reviewWords: '',
	outcome: null,
	mayAppeal: true,
	wipeAt: null,
	editPath: null,
	measures: [],
}

const mine = (locale: string, change: Partial<MyStatement>) =>
	page(
		locale,
		<MyDecisions
			statements={[{ ...statement, ...change }]}
			olderStatements={null}
			reports={[]}
			olderReports={null}
		/>,
	)

/** A key of the catalogue that was not found stands on the page as it is. */
const KEY = /\b(act|answer|choose|decide|edit|mine|told|was|rule|decision)\.[a-zA-Z]+/

describe('the choices of a decision', () => {
	test.each(UI_LOCALES)('say in %s what the person will read', (locale) => {
		const { t } = i18nFor(locale)
		const html = page(locale, <DecideForm shown={shown} mark="a1b2" />)
		for (const act of ACTS) {
			expect(html).toContain(`value="${act}"`)
			expect(t(ACT[act].told)).not.toMatch(KEY)
		}
		expect(html).not.toMatch(KEY)
	})

	test('offer only what this kind has, and for her herself only where she can be told', () => {
		const html = page('en', <DecideForm shown={{ ...shown, offered: ['dismiss', 'hide'] }} mark="a1b2" />)
		expect(html).toContain('value="hide"')
		for (const other of ['fold', 'remove', 'ask-edit', 'warn', 'slowed'])
			expect(html).not.toContain(`value="${other}"`)
	})
})

describe('what she reads about a decision', () => {
	const asked = { action: 'edit-asked' as const, editPath: '/forum/a/b/edit/c' }
	test.each<[string, Partial<MyStatement>, string[]]>([
		['folded', { action: 'folded' }, ['has folded something you wrote', 'Ask for another look']],
		[
			'removed',
			{ action: 'removed', wipeAt: new Date('2027-05-22T10:00:00Z') },
			['has removed', 'May 22, 2027'],
		],
		['removed and wiped', { action: 'removed', mayAppeal: false }, ['deleted for good']],
		['to be changed', asked, ['asks you to change', 'href="/forum/a/b/edit/c"']],
		['changed', { ...asked, editPath: null }, ['You have changed it']],
		['warned', { action: 'warned' }, ['A moderator warns you', 'A person decided this']],
		[
			'held to something',
			{
				measures: [
					{ kind: 'suspended', everywhere: true, until: new Date('2026-12-01T10:00:00Z'), holds: true },
				],
			},
			['Your account is paused', 'Ask for another look'],
		],
		[
			'found by a rule',
			{ foundByRule: true },
			['A machine that looks for certain words found it. A person decided'],
		],
		[
			'done by a rule',
			{ action: 'folded', automated: true, foundByRule: true },
			['A rule of this place has folded', 'No person has decided about it yet', 'Ask for another look'],
		],
		[
			'done by a rule, and a person asked for',
			{ action: 'folded', automated: true, appealedAt: new Date(), mayAppeal: false },
			['You asked that a person looks at it'],
		],
		[
			'done by a rule, and looked at',
			{ action: 'folded', automated: true, undoneAt: new Date(), mayAppeal: false },
			['A moderator has looked at it'],
		],
		['waiting again', { undoneAt: new Date(), waits: true }, ['Your words wait again']],
		['taken back', { action: 'folded', undoneAt: new Date() }, ['It no longer holds']],
		[
			'looked at again',
			{ action: 'warned', appealedAt: new Date(), outcome: 'upheld' },
			['The decision stands'],
		],
	])('%s', (_what, change, said) => {
		const html = mine('en', change)
		for (const words of said) expect(html).toContain(words)
		for (const locale of UI_LOCALES) expect(mine(locale, change)).not.toMatch(KEY)
	})
})

describe('what the log says', () => {
	const decisions: Decision[] = ['warned', 'folded', 'edit-asked', 'removed']
	test.each([...decisions, 'slowed', 'muted', 'closed', 'apart'])('of %s', (what) => {
		const { label } = recordOf(`moderation.${what}`, 'post')
		for (const locale of UI_LOCALES) expect(i18nFor(locale).t(label)).not.toMatch(KEY)
	})

	test('is a word of its own for each decision', () => {
		const labels = decisions.map((one) => decisionOf(one, 'post').label)
		expect(new Set(labels).size).toBe(decisions.length)
		expect(outcomesOf('circle', 'warned').restored.told).toBe('decisions:answer.ended')
	})
})
