import { useTranslation } from 'react-i18next'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, PageHead } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { DeviceChoice, HandleField } from './entry-fields'
import { PassphraseChoice, type PassphraseOffer } from './passphrase-choice'

export function RecoverForm({ offer, result }: { offer: PassphraseOffer; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={<Recorded text="auth:recover.title" />}
				lead={<Recorded text="auth:recover.lead" />}
				back={{ to: '/sign-in', label: t('auth:signIn.title') }}
			/>
			<Form result={result} id="recover">
				<HandleField />
				<Field
					name="recoveryCode"
					label={<Recorded text="auth:recover.code" />}
					hint={<Recorded text="auth:recover.codeHint" />}
					autoComplete="off"
					autoCapitalize="characters"
					spellCheck={false}
					dir="ltr"
					required
				/>
				<PassphraseChoice name="passphrase" offer={offer} />
				<DeviceChoice preset="shared" />
				<Submit icon="key-round">
					<Recorded text="auth:recover.submit" />
				</Submit>
			</Form>
			<div className="section">
				<Disclosure summary={<Recorded text="auth:recover.noCode" />} icon="circle-help">
					<p>
						<Recorded text="auth:recover.noCodeText" />
					</p>
				</Disclosure>
			</div>
		</>
	)
}
