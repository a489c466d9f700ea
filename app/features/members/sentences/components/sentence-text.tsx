import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { dirOf } from '~/platform/i18n/languages'
import { kindOf, piecesOf } from '../placeholder-kinds'

/** A sentence of the interface in its language; what is filled in is said in a word of the page. */
export function SentenceText({ text, lang }: { text: string; lang: string }) {
	const { t, i18n } = useTranslation()
	return (
		<bdi lang={lang} dir={dirOf(lang)}>
			{piecesOf(text).map((piece, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence, which never change places
				<Fragment key={index}>
					{piece.isPlaceholder ? (
						<bdi className="tag" lang={i18n.language} dir="auto">
							{t(`sentences:part.${kindOf(piece.text)}`)}
						</bdi>
					) : (
						piece.text
					)}
				</Fragment>
			))}
		</bdi>
	)
}

/** For which numbers a plural form is said. */
export function Numbers({ numbers }: { numbers: string[] }) {
	const { t } = useTranslation()
	if (numbers.length === 0) return null
	return <p className="meta">{t('sentences:numbers', { numbers: numbers.join(' · ') })}</p>
}
