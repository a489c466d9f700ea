import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { lastWordIn } from '~/features/chat/silence.server'
import { FiguresPage } from '~/features/mentoring/figures/components/figures-page'
import type { ListName } from '~/features/mentoring/figures/figures'
import { readFigures } from '~/features/mentoring/figures/figures-lists.server'
import { formatDate } from '~/platform/i18n/format'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { aMentor } from '../../factories/mentoring'
import { aCoordinator, aWaitingMember, daysAgo } from '../../factories/rounds'

async function pageOf(list: ListName, locale = 'en') {
	const shown = await readFigures(await aCoordinator(), { list, after: null }, lastWordIn)
	return renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<FiguresPage {...shown} reminded={false} />
		</I18nextProvider>,
	)
}

const tablesIn = (html: string) => html.match(/<table/g)?.length ?? 0

describe('the coordinators’ lists', () => {
	test.each([
		[1, '1 day'],
		[12, '12 days'],
		[45, '6 weeks'],
		[400, '57 weeks'],
	])('who has waited %i days waits since that day, for %s', async (days, words) => {
		await aWaitingMember({ waitingSince: daysAgo(days) })
		const html = await pageOf('waiting')
		expect(html).toContain(`>${formatDate('en', daysAgo(days))}</time> · ${words}<`)
		expect(await pageOf('waiting', 'ar')).not.toContain(words)
	})

	test('languages stand there once, as bars with their numbers', async () => {
		expect(tablesIn(await pageOf('languages'))).toBe(0)
		await aMentor({ languages: { ar: 'well' } })
		await aWaitingMember({ languages: ['ti'] })
		const html = await pageOf('languages')
		expect(tablesIn(html)).toBe(1)
		for (const language of ['Arabic', 'Tigrinya']) expect(html.split(language)).toHaveLength(2)
		expect(tablesIn(await pageOf('waiting'))).toBe(2)
	})
})
