import { useTranslation } from 'react-i18next'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { PageHead } from '~/ui/page'
import { DeviceChoice, HandleField } from './entry-fields'

/** `next`: the page of ours she wanted before she was asked to sign in. */
export function SignInForm({ next, result }: { next?: string; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('auth:signIn.title')} />
			<Form result={result} id="sign-in">
				{next ? <input type="hidden" name="next" value={next} /> : null}
				<HandleField />
				<Field
					type="password"
					name="passphrase"
					label={t('auth:passphrase.given')}
					autoComplete="current-password"
					required
				/>
				<DeviceChoice preset="shared" />
				<Submit icon="log-in">{t('auth:signIn.submit')}</Submit>
			</Form>
			<p className="section row">
				<a href="/recover">{t('auth:signIn.toRecover')}</a>
				<a href="/join">{t('auth:signIn.toJoin')}</a>
			</p>
		</>
	)
}
