import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Icon } from '~/ui/icon'
import { PageHead } from '~/ui/page'
import type { Fold } from '../forum.limits'
import { ThankForm } from './thank-form'
import { Folded, OriginalText, type Text, TranslatedBy, Words } from './translated-text'

interface TranslationPageProps {
	original: Text & { note: Fold | null }
	translation: Text & {
		id: string
		author: string | null
		outdated: boolean
		thanks: number
		thanked: boolean
		hers: boolean
	}
	path: string
	editPath?: string
	mayWrite: boolean
}

/** One version of a translation beside its original. What the original folds is folded here as well. */
export function TranslationPage({ original, translation, path, editPath, mayWrite }: TranslationPageProps) {
	const { t } = useTranslation()
	const texts = (
		<div className="beside">
			<div>
				<TranslatedBy version={translation} />
				<Words text={translation} />
				<div className="row small">
					{mayWrite && !translation.hers ? <ThankForm version={translation} /> : null}
					<a className="quiet-link" href={`/report/translation/${translation.id}`}>
						<Icon name="flag" />
						<span>{t('forum:report')}</span>
					</a>
				</div>
				{editPath ? (
					<ButtonLink to={editPath} kind="quiet" icon="pencil">
						{t('translation:read.edit')}
					</ButtonLink>
				) : null}
			</div>
			<OriginalText original={original} />
		</div>
	)
	return (
		<>
			<PageHead
				title={t('translation:read.title')}
				back={{ to: path, label: t('translation:read.toPost') }}
			/>
			<Folded note={original.note}>{texts}</Folded>
		</>
	)
}
