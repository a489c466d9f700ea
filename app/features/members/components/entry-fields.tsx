import { Choice, ChoiceGroup, Field } from '~/ui/form'
import { Recorded } from '~/ui/recorded'

/** Whose device she holds decides how long she stays signed in. On joining nothing is chosen for her. */
export function DeviceChoice({ preset }: { preset?: 'shared' }) {
	return (
		<ChoiceGroup name="device" legend={<Recorded text="auth:device.legend" />}>
			<Choice
				type="radio"
				name="device"
				value="shared"
				icon="users-round"
				label={<Recorded text="auth:device.shared" />}
				hint={<Recorded text="auth:device.sharedHint" />}
				defaultChecked={preset === 'shared'}
			/>
			<Choice
				type="radio"
				name="device"
				value="own"
				icon="smartphone"
				label={<Recorded text="auth:device.own" />}
				hint={<Recorded text="auth:device.ownHint" />}
			/>
		</ChoiceGroup>
	)
}

/** The name she is called here. `isNew`: she chooses it now. */
export function HandleField({ isNew = false }: { isNew?: boolean }) {
	return (
		<Field
			name="handle"
			label={<Recorded text="auth:handle.label" />}
			hint={isNew ? <Recorded text="auth:handle.hint" /> : undefined}
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
	if (fresh) return null
	return (
		<Field
			type="password"
			name="passphrase"
			label={<Recorded text="auth:passphrase.again" />}
			hint={<Recorded text="auth:passphrase.againHint" />}
			autoComplete="current-password"
			required
		/>
	)
}
