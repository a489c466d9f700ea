import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Notice, PageHead } from '~/ui/page'

/** After a report: what happens next, and help at once where someone may be in danger. */
export function ReportSent({ danger }: { danger: boolean }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('moderation:sent.title')} lead={t('moderation:sent.lead')} />
			<div className="stack">
				{danger ? (
					<Notice kind="care" title={t('moderation:sent.dangerTitle')}>
						<p>{t('moderation:sent.danger')}</p>
						<p>
							<a href="/help">{t('moderation:report.helpNow')}</a>
						</p>
					</Notice>
				) : null}
				<ol className="steps">
					<li>{t('moderation:sent.first')}</li>
					<li>{t('moderation:sent.second')}</li>
					<li>{t('moderation:sent.third')}</li>
				</ol>
				<div className="actions">
					<ButtonLink to="/me/decisions" kind="quiet" icon="flag">
						{t('moderation:sent.toMine')}
					</ButtonLink>
				</div>
			</div>
		</>
	)
}
