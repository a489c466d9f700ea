import type { i18n } from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { Fragments, type SayMoment } from '~/platform/fragments.server'
import { formatRelative } from '~/platform/i18n/format'
import { editionOfWords, i18nFor } from '~/platform/i18n/i18n.server'
import { IconSheetContext } from '~/ui/icon-sheet'
import type { IconName } from '~/ui/icons'
import { MomentContext, type Remember } from '~/ui/remembered'

/** Says how long ago a moment in a kept piece was. */
export const sayMoment =
	(locale: string, now: Date): SayMoment =>
	({ as, at }) =>
		as === 'seconds'
			? String(Math.round((at - now.getTime()) / 1000))
			: formatRelative(locale, new Date(at), now)

const momentMark = (as: 'seconds' | 'words', at: Date) => Fragments.momentMark({ as, at: at.getTime() })

/** How pieces of a page are kept; not where its texts carry more than their words (two languages, or another's). */
export function rememberIn(page: i18n, locale: string, fragments: Fragments): Remember | undefined {
	if (page !== i18nFor(locale)) return
	return (name, Piece, props) =>
		fragments.place(`${locale} ${editionOfWords()} ${name} ${JSON.stringify(props)}`, (icons) =>
			renderToStaticMarkup(
				<MomentContext.Provider value={momentMark}>
					<IconSheetContext.Provider value={icons as Set<IconName>}>
						<I18nextProvider i18n={page}>
							<Piece {...props} />
						</I18nextProvider>
					</IconSheetContext.Provider>
				</MomentContext.Provider>,
			),
		)
}
