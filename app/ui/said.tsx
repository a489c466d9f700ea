import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'

/**
 * A text that was looked for along her languages (`along`): where it is in another one than the page's, it carries its own
 * language and direction, so that the right voice reads it and it turns nothing around it. A name alone, as on a door, is
 * in a language nobody told us.
 */
export function SaidText({ said }: { said: Said | string }) {
	const { i18n } = useTranslation()
	if (typeof said === 'string') return <bdi>{said}</bdi>
	const { text, lang, dir, beside } = said
	if (lang === i18n.language) return <InBoth text={text} beside={beside} />
	const foreign = (
		<bdi lang={lang} dir={dir}>
			{text}
		</bdi>
	)
	return <InBoth text={foreign} beside={beside} />
}

/** A text that a community wrote, and below it the same in a second language, where it is asked for and there. */
export function InBoth({
	text,
	beside,
}: {
	text: ReactNode
	beside?: { text: string; lang: string; dir: string }
}) {
	if (!beside?.text) return text
	return (
		<span className="both">
			{text}{' '}
			<span className="with" lang={beside.lang} dir={beside.dir}>
				{beside.text}
			</span>
		</span>
	)
}
