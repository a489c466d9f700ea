import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { PrintButton } from './button'
import { Icon } from './icon'
import { ShowIn } from './show-in'

interface AlsoInProps {
	/** The address of the page, with its query. */
	path: string
	locale: string
	locales: readonly string[]
	/** The language it is shown in besides its own. */
	also?: string
}

/** The address without the second language that it may ask for itself: a button is about to say another, or none. */
function withoutWith(path: string) {
	const { pathname, searchParams } = new URL(path, 'http://own.invalid')
	searchParams.delete('with')
	const query = searchParams.toString()
	return query ? `${pathname}?${query}` : pathname
}

/**
 * Shows the page in a second language beside her own, for two at one desk, and leaves it again. The buttons are those of
 * the language menu: what she has typed stays.
 */
export function AlsoIn({ path, locale, locales, also }: AlsoInProps) {
	const { t } = useTranslation()
	const at = withoutWith(path)
	return (
		<>
			{also ? (
				<ShowIn path={at} value="-" icon="x">
					{t('common:also.only', { language: isolated(endonym(locale)) })}
				</ShowIn>
			) : null}
			<details className="also-fold">
				<summary>
					<Icon name="languages" />
					<span>{t('common:also.offer')}</span>
					<Icon name="chevron-down" className="turn" />
				</summary>
				<div className="also-list">
					{locales
						.filter((tag) => tag !== locale)
						.map((tag) => (
							<ShowIn key={tag} path={at} value={`+${tag}`} lang={tag} current={tag === also}>
								<span dir={dirOf(tag)}>{endonym(tag)}</span>
							</ShowIn>
						))}
				</div>
			</details>
		</>
	)
}

/** The same at the head of a page, with a way to take the page along on paper, and what else helps to read it. */
export function AlsoBar({ children, ...props }: AlsoInProps & { children: ReactNode }) {
	const { t } = useTranslation()
	return (
		<div className="also no-print">
			<AlsoIn {...props} />
			<PrintButton>{t('common:also.print')}</PrintButton>
			{children}
		</div>
	)
}
