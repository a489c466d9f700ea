import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Choice, ChoiceGroup, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Section } from '~/ui/page'
import { answerTo } from './answer'
import { PassphraseAgain } from './entry-fields'

interface Props {
	fresh: boolean
	/** On a device that others use, a copy stays behind in the downloads. */
	shared: boolean
	result?: FormResult
	/** What else is shown of hers, between the copy and leaving. */
	children?: ReactNode
}

/** All that is hers: to take a copy of it, and to go. */
export function DataPage({ fresh, shared, result, children }: Props) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('members:data.title')}
				lead={t('members:data.lead')}
				back={{ to: '/me', label: t('auth:devices.back') }}
			/>
			<Section title={t('members:data.copy')} id="copy">
				<Form result={answerTo(result, { intent: 'copy' })} id="take">
					<p>{t('members:data.copyText')}</p>
					<Notice kind="care">{t(shared ? 'members:data.copyShared' : 'members:data.copyOwn')}</Notice>
					<input type="hidden" name="intent" value="copy" />
					<PassphraseAgain fresh={fresh} />
					<div className="row">
						<Button icon="download" name="form" value="html">
							{t('members:data.copyHtml')}
						</Button>
						<Button kind="quiet" name="form" value="json">
							{t('members:data.copyJson')}
						</Button>
					</div>
				</Form>
			</Section>
			{children}
			<LeaveForm result={answerTo(result, { intent: 'leave' })} />
		</>
	)
}

function LeaveForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('members:data.leave')} id="leave-here">
			<Form result={result} id="go">
				<p>{t('members:data.leaveText')}</p>
				<input type="hidden" name="intent" value="leave" />
				<ChoiceGroup name="words" legend={t('members:data.words')}>
					<Choice type="radio" name="words" value="remove" label={t('members:data.wordsRemove')} />
					<Choice type="radio" name="words" value="keep" label={t('members:data.wordsKeep')} />
				</ChoiceGroup>
				<PassphraseAgain fresh={false} />
				<Choice type="checkbox" name="sure" value="yes" label={t('members:data.sure')} />
				<Submit kind="danger">{t('members:data.leaveSubmit')}</Submit>
			</Form>
		</Section>
	)
}
