import { useTranslation } from 'react-i18next'
import { Choice, ChoiceGroup, Field } from '~/ui/form'
import { useField } from '~/ui/form-field'
import { Recorded } from '~/ui/recorded'

/** Four words in her language, and how hard they are to guess. */
export interface PassphraseOffer {
	words: string
	bits: number
}

type Props = { name: 'passphrase' | 'newPassphrase'; offer: PassphraseOffer }

/**
 * A new passphrase: the offered words by one tap, or her own. Neither is chosen for her; a form that carries only the
 * field itself counts as her own.
 */
export function PassphraseChoice({ name, offer }: Props) {
	const { t } = useTranslation()
	// The words she was shown first stay: a form that comes back must not change them under her hand.
	const words = useField('offered').text ?? offer.words
	return (
		<div className="group stack">
			<ChoiceGroup
				name="words"
				legend={<Recorded text="auth:passphrase.legend" />}
				hint={<Recorded text="auth:passphrase.hint" />}
			>
				<Choice
					type="radio"
					name="words"
					value="offered"
					icon="key-round"
					label={<Recorded text="auth:passphrase.offered" />}
					hint={
						<>
							<bdi className="handle text-h4 text-ink" translate="no">
								{words}
							</bdi>
							<br />
							{t('auth:passphrase.offeredHint', { bits: offer.bits })}
						</>
					}
				/>
				<Choice
					type="radio"
					name="words"
					value="own"
					icon="pencil"
					label={<Recorded text="auth:passphrase.own" />}
					hint={<Recorded text="auth:passphrase.ownHint" />}
				/>
			</ChoiceGroup>
			<input type="hidden" name="offered" value={words} />
			<div className="group-has-[[value=offered]:checked]:hidden">
				<Field
					type="password"
					name={name}
					label={<Recorded text="auth:passphrase.label" />}
					hint={<Recorded text="auth:passphrase.labelHint" />}
					autoComplete="new-password"
				/>
			</div>
		</div>
	)
}
