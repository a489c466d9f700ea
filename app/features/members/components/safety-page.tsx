import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { answerTo } from './answer'
import { PassphraseAgain } from './entry-fields'
import { PassphraseChoice, type PassphraseOffer } from './passphrase-choice'

interface SafetyState {
	fresh: boolean
	/** Recovery codes not used yet. */
	codes: number
	secondFactor: 'none' | 'due' | 'on'
}

interface Props {
	state: SafetyState
	offer: PassphraseOffer
	changed: boolean
	/** She has just stopped that staff opens her account. */
	stopped: boolean
	result?: FormResult
}

/** What opens her account: passphrase, paper codes and, for staff, the second step. */
export function SafetyPage({ state, offer, changed, stopped, result }: Props) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={<Recorded text="auth:safety.title" />}
				lead={<Recorded text="auth:safety.lead" />}
				back={{ to: '/me', label: t('auth:devices.back') }}
			/>
			{changed && !result ? <Notice kind="good" title={<Recorded text="auth:safety.changed" />} /> : null}
			{stopped && !result ? (
				<Notice kind="good" title={<Recorded text="members:recovery.stopped" />}>
					<p>
						<Recorded text="members:recovery.stoppedText" />
					</p>
				</Notice>
			) : null}
			<ChangePassphrase offer={offer} result={answerTo(result, { intent: 'passphrase' })} />
			<Codes state={state} result={answerTo(result, { intent: 'codes' })} />
			<SecondStep state={state} result={answerTo(result, { intent: 'second' })} />
			<div className="section">
				<Disclosure summary={<Recorded text="auth:safety.limitsTitle" />} icon="circle-help">
					<p>
						<Recorded text="auth:safety.limits" />
					</p>
				</Disclosure>
			</div>
		</>
	)
}

function ChangePassphrase({ offer, result }: Pick<Props, 'offer' | 'result'>) {
	return (
		<Section title={<Recorded text="auth:safety.changeTitle" />} id="passphrase">
			<Form result={result} id="change">
				<p>
					<Recorded text="auth:safety.changeText" />
				</p>
				<input type="hidden" name="intent" value="passphrase" />
				<Field
					type="password"
					name="passphrase"
					label={<Recorded text="auth:safety.old" />}
					autoComplete="current-password"
					required
				/>
				<PassphraseChoice name="newPassphrase" offer={offer} />
				<Submit>
					<Recorded text="auth:safety.change" />
				</Submit>
			</Form>
		</Section>
	)
}

function Codes({ state, result }: Pick<Props, 'state' | 'result'>) {
	const { t } = useTranslation()
	return (
		<Section title={<Recorded text="auth:safety.codesTitle" />} id="codes">
			<Form result={result} id="renew">
				<p>
					<strong>{t('auth:safety.codesLeft', { count: state.codes })}</strong>
				</p>
				<p>
					<Recorded text="auth:safety.codesText" />
				</p>
				<input type="hidden" name="intent" value="codes" />
				<PassphraseAgain fresh={state.fresh} />
				<Submit kind="quiet" icon="key-round">
					<Recorded text="auth:safety.codesSubmit" />
				</Submit>
			</Form>
		</Section>
	)
}

function SecondStep({ state, result }: Pick<Props, 'state' | 'result'>) {
	const { secondFactor } = state
	return (
		<Section title={<Recorded text="auth:safety.secondTitle" />} id="second">
			{secondFactor === 'none' ? (
				<p className="muted">
					<Recorded text="auth:safety.secondNone" />
				</p>
			) : null}
			{secondFactor === 'due' ? (
				<div className="stack">
					<p>
						<Recorded text="auth:safety.secondDue" />
					</p>
					<ButtonLink to="/sign-in/second?next=/me/safety">
						<Recorded text="auth:safety.secondSetUp" />
					</ButtonLink>
				</div>
			) : null}
			{secondFactor === 'on' ? (
				<Form result={result} id="second-step">
					<p>
						<Recorded text="auth:safety.secondOn" />
					</p>
					<p>
						<Recorded text="auth:safety.secondResetText" />
					</p>
					<input type="hidden" name="intent" value="second" />
					<PassphraseAgain fresh={state.fresh} />
					<Submit kind="quiet" icon="smartphone">
						<Recorded text="auth:safety.secondReset" />
					</Submit>
				</Form>
			) : null}
		</Section>
	)
}
