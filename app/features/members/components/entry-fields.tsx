import { useTranslation } from 'react-i18next'
import { Choice, ChoiceGroup, Field } from '~/ui/form'

/** Whose device she holds decides how long she stays signed in. On joining nothing is chosen for her. */
export function DeviceChoice({ preset }: { preset?: 'shared' }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="device" legend={t('auth:device.legend')}>
			<Choice
				type="radio"
				name="device"
				value="shared"
				icon="users-round"
				label={t('auth:device.shared')}
				hint={t('auth:device.sharedHint')}
				defaultChecked={preset === 'shared'}
			/>
			<Choice
				type="radio"
				name="device"
				value="own"
				icon="smartphone"
				label={t('auth:device.own')}
				hint={t('auth:device.ownHint')}
			/>
		</ChoiceGroup>
	)
}

/** The name she is called here. `isNew`: she chooses it now. */
export function HandleField({ isNew = false }: { isNew?: boolean }) {
	const { t } = useTranslation()
	return (
		<Field
			name="handle"
			label={t('auth:handle.label')}
			hint={isNew ? t('auth:handle.hint') : undefined}
			autoComplete="username"
			autoCapitalize="none"
			spellCheck={false}
			dir="auto"
			required
		/>
	)
}

/** The passphrase asked again before a change that matters; nothing while she typed it a short while ago. */
export function PassphraseAgain({ fresh }: { fresh: boolean }) {
	const { t } = useTranslation()
	if (fresh) return null
	return (
		<Field
			type="password"
			name="passphrase"
			label={t('auth:passphrase.again')}
			hint={t('auth:passphrase.againHint')}
			autoComplete="current-password"
			required
		/>
	)
}
