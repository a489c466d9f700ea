import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { Prose } from '~/ui/prose'
import { LanguageTag } from '~/ui/text'
import type { Fold } from '../forum.limits'
import type { Version } from '../translation/reading.server'

export interface Text {
	lang: string
	dir: 'ltr' | 'rtl'
	title: string | null
	html: string
}

/** What its author folded stays folded in every language. */
export function Folded({ note, children }: { note: Fold | null; children: ReactNode }) {
	const { t } = useTranslation()
	if (!note) return children
	return (
		<Disclosure summary={t(`forum:note.${note}`)} icon="eye-off">
			{children}
		</Disclosure>
	)
}

/** Who translated, into what, and whether the original has changed since. */
export function TranslatedBy({ version }: { version: Pick<Version, 'author' | 'lang' | 'outdated'> }) {
	const { t } = useTranslation()
	return (
		<p className="translated-band">
			<Icon name="languages" />
			<span>
				{t('translation:read.by')}{' '}
				<bdi className="handle" translate="no">
					{version.author ?? t('forum:formerMember')}
				</bdi>
			</span>
			<LanguageTag tag={version.lang} />
			{version.outdated ? (
				<span className="with-icon outdated">
					<Icon name="history" />
					<span>{t('translation:read.outdated')}</span>
				</span>
			) : null}
		</p>
	)
}

/** Words in their language and direction, with the title of a question above them. */
export function Words({ text }: { text: Text }) {
	return (
		<>
			{text.title ? (
				<p className="translated-title said" lang={text.lang} dir={text.dir}>
					{text.title}
				</p>
			) : null}
			<Prose html={text.html} lang={text.lang} dir={text.dir} />
		</>
	)
}

/** The original under its own heading; long ones scroll by themselves, so that both texts stay in sight. */
export function OriginalText({ original }: { original: Text }) {
	const { t } = useTranslation()
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
		<section className="original" aria-label={t('translation:read.original')} tabIndex={0}>
			<p className="translated-band">
				<span>{t('translation:read.original')}</span>
				<LanguageTag tag={original.lang} />
			</p>
			<Words text={original} />
		</section>
	)
}
