import { useTranslation } from 'react-i18next'
import { Field, Form } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { PageHead, Section } from '~/ui/page'
import { Point, ReportFields } from './report-form'

/** The page to report somebody by her name, whom she may not see any more. It answers every name alike. */
export function ReportPersonForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('reports:person.title')}
				lead={t('reports:person.lead')}
				back={{ to: '/me/decisions#reports', label: t('moderation:mine.reports') }}
			/>
			<ul className="points">
				<Point icon="shield">{t('moderation:report.whoReads')}</Point>
				<Point icon="lock">{t('reports:person.notTold')}</Point>
				<Point icon="life-buoy">
					{t('moderation:report.dangerNow')} <a href="/help">{t('moderation:report.helpNow')}</a>
				</Point>
			</ul>
			<Section title={t('moderation:report.reasonTitle')}>
				<Form result={result}>
					<Field
						name="handle"
						label={t('blocks:name')}
						hint={t('reports:person.nameHint')}
						autoComplete="off"
						spellCheck={false}
						dir="auto"
						required
					/>
					<ReportFields />
				</Form>
			</Section>
		</>
	)
}
