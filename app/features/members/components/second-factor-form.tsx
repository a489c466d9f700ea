import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, PageHead } from '~/ui/page'
import type { QrShape } from '../qr.server'
import { PassphraseAgain } from './entry-fields'
import { QrCode } from './qr-code'

type SecondFactorState = { due: 'give' } | { due: 'set-up'; groups: string[]; qr: QrShape }

interface Props {
	state: SecondFactorState
	fresh: boolean
	next: string
	result?: FormResult
}

/** The second step of signing in for those who can see things about others: setting it up once, then giving it. */
export function SecondFactorForm({ state, fresh, next, result }: Props) {
	const { t } = useTranslation()
	const lead = state.due === 'give' ? t('auth:second.giveLead') : t('auth:second.setUpLead')
	return (
		<>
			<PageHead title={t('auth:second.title')} lead={lead} />
			<Form result={result} id="second" autoComplete="off">
				<input type="hidden" name="next" value={next} />
				{state.due === 'set-up' ? <SetUp groups={state.groups} qr={state.qr} /> : <CodeField />}
				{state.due === 'set-up' ? <PassphraseAgain fresh={fresh} /> : <PaperCode />}
				<Submit icon="arrow-right">{t('auth:second.submit')}</Submit>
			</Form>
			<form method="post" action="/sign-out" className="section">
				<Button kind="plain">{t('auth:second.later')}</Button>
			</form>
		</>
	)
}

function SetUp({ groups, qr }: { groups: string[]; qr: QrShape }) {
	const { t } = useTranslation()
	return (
		<ol className="steps">
			<li>{t('auth:second.stepApp')}</li>
			<li className="stack">
				<p>{t('auth:second.stepScan')}</p>
				<QrCode qr={qr} label={t('auth:second.qrLabel')} />
				<p>{t('auth:second.stepKey')}</p>
				<p className="handle" dir="ltr" translate="no">
					{groups.join(' ')}
				</p>
			</li>
			<li className="stack">
				<p>{t('auth:second.stepCode')}</p>
				<CodeField />
			</li>
		</ol>
	)
}

function CodeField() {
	const { t } = useTranslation()
	return (
		<Field
			name="code"
			label={t('auth:second.code')}
			hint={t('auth:second.codeHint')}
			inputMode="numeric"
			autoComplete="one-time-code"
			dir="ltr"
		/>
	)
}

function PaperCode() {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('auth:second.noPhone')} icon="circle-help">
			<Field
				name="recoveryCode"
				label={t('auth:second.recoveryCode')}
				autoComplete="off"
				autoCapitalize="characters"
				spellCheck={false}
				dir="ltr"
			/>
		</Disclosure>
	)
}
