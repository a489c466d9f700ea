import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import type { Contact } from '../contact'

const KINDS: readonly unknown[] = ['phone', 'email', 'address'] satisfies Contact[]

/** What the server found in her words and asks about. */
export function contactOf(result?: FormResult): Contact | undefined {
	const found = result?.details?.contact
	return KINDS.includes(found) ? (found as Contact) : undefined
}

/** An answer that only asks is no mistake of hers: her words stay, and the question stands beside them. */
export const withoutQuestion = (result?: FormResult): FormResult | undefined =>
	contactOf(result) ? { ...result, ok: true } : result

interface QuestionProps {
	contact?: Contact
	/** Where the page is alive: sends it as it is, or lets her change it. */
	onSure?: () => void
	onChange?: () => void
}

/** Asks once more before a number or an address goes to a whole room. Stands in the form it asks about. */
export function ContactQuestion({ contact, onSure, onChange }: QuestionProps) {
	const { t } = useTranslation()
	if (!contact) return null
	return (
		<div className="notice care" role="alert">
			<Icon name="triangle-alert" />
			<div>
				<p className="notice-title">{t(`chat:contact.${contact}`)}</p>
				<p>{t('chat:contact.why')}</p>
				<div className="row">
					<Button
						kind="quiet"
						name="sure"
						value="yes"
						onClick={(event) => {
							if (!onSure) return
							event.preventDefault()
							onSure()
						}}
					>
						{t('chat:contact.sure')}
					</Button>
					{onChange ? (
						<Button type="button" kind="plain" onClick={onChange}>
							{t('chat:contact.change')}
						</Button>
					) : null}
				</div>
			</div>
		</div>
	)
}
