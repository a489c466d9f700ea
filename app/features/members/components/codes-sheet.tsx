import { useTranslation } from 'react-i18next'
import { CopyButton, PrintButton } from '~/ui/button'
import { Choice, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { PageHead } from '~/ui/page'

/** Her ten recovery codes, to print or copy; on paper there is nothing but the codes and what they are for. */
export function CodesSheet({ codes, next, result }: { codes: string[]; next: string; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('auth:codes.title')} lead={t('auth:codes.lead')} />
			<div className="stack">
				<ol className="codes" id="codes" aria-label={t('auth:codes.label')} translate="no">
					{codes.map((code) => (
						<li key={code}>{code}</li>
					))}
				</ol>
				<p>{t('auth:codes.each')}</p>
				<p className="no-print">{t('auth:codes.keepWhere')}</p>
				<div className="row">
					<PrintButton>{t('auth:codes.print')}</PrintButton>
					<CopyButton of="codes">{t('auth:codes.copy')}</CopyButton>
				</div>
				<div className="section no-print">
					<Form result={result} id="keep">
						<input type="hidden" name="next" value={next} />
						<Choice
							type="checkbox"
							name="kept"
							value="yes"
							label={t('auth:codes.kept')}
							hint={t('auth:codes.keptHint')}
						/>
						<Submit icon="arrow-right">{t('auth:codes.submit')}</Submit>
					</Form>
				</div>
			</div>
		</>
	)
}
