import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { SaidText } from '~/ui/said'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { Piece } from '../search/excerpt'
import type { Hit } from '../search/search.server'

/** One conversation that was found: its question, the text that fits best, and who wrote that. */
export function HitCard({ hit }: { hit: Hit }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="hit">
			<a className="row-link" href={hit.path}>
				{hit.title.length === 0 ? (
					<span className="row-title muted">{t('forum:topics.deleted')}</span>
				) : (
					<span className="row-title two-lines" lang={hit.titleLang} dir={hit.titleDir}>
						<Marked pieces={hit.title} />
					</span>
				)}
			</a>
			{hit.excerpt === null ? (
				<p className="muted">{t('search:folded')}</p>
			) : (
				<p lang={hit.lang} dir={hit.dir}>
					<Marked pieces={hit.excerpt} />
				</p>
			)}
			<p className="meta">
				<span>{t(`search:kind.${hit.kind}`)}</span>
				<LanguageTag tag={hit.lang} />
				<Author hit={hit} />
				<span>{hit.space ? <SaidText said={hit.space} /> : null}</span>
				<Time at={hit.at} />
				{hit.further > 0 ? <span>{t('search:further', { count: hit.further })}</span> : null}
			</p>
		</Card>
	)
}

function Marked({ pieces }: { pieces: Piece[] }) {
	return pieces.map(({ text, found }, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, which never change places
		<Fragment key={index}>{found ? <mark>{text}</mark> : text}</Fragment>
	))
}

function Author({ hit }: { hit: Hit }) {
	const { t } = useTranslation()
	if (hit.alias !== null) return <span>{t(`forum:alias.${hit.alias}`)}</span>
	return <Bdi>{hit.author ?? t('forum:formerMember')}</Bdi>
}
