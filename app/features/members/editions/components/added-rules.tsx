import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { Disclosure, Section } from '~/ui/page'
import type { ShownEdition } from '../editions.server'
import { EditionPoints } from './edition-points'

/** What this community has added to the rules: the edition in force, and the older ones in a fold. Nothing where it added nothing. */
export function AddedRules({ editions: [current, ...older] }: { editions: ShownEdition[] }) {
	const { t } = useTranslation()
	if (!current) return null
	return (
		<Section title={t('editions:added')} id="added">
			<EditionPoints edition={current} />
			<p className="muted small">
				<EditionName edition={current} />
			</p>
			{older.length > 0 ? (
				<Disclosure summary={t('editions:older')} icon="history">
					<div className="stack">
						{older.map((edition) => (
							<div key={edition.number}>
								<p className="muted small">
									<EditionName edition={edition} />
								</p>
								<EditionPoints edition={edition} />
							</div>
						))}
					</div>
				</Disclosure>
			) : null}
		</Section>
	)
}

/** Its number and its day. */
export function EditionName({ edition: { number, publishedAt } }: { edition: ShownEdition }) {
	const { t, i18n } = useTranslation()
	return t('editions:edition', { number, date: formatDate(i18n.language, new Date(publishedAt)) })
}
