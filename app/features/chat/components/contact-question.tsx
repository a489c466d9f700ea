import { useTranslation } from 'react-i18next'
import { AskAgain } from '~/ui/ask-again'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import type { AskedAbout } from '../live/outbox'

const KINDS: readonly unknown[] = ['phone', 'email', 'address', 'iban', 'words'] satisfies AskedAbout[]

/** What the server found in her words and asks about. */
export function contactOf(result?: FormResult): AskedAbout | undefined {
	const found = result?.details?.contact
	return KINDS.includes(found) ? (found as AskedAbout) : undefined
}

/** An answer that only asks is no mistake of hers: her words stay, and the question stands beside them. */
export const withoutQuestion = (result?: FormResult): FormResult | undefined =>
	contactOf(result) ? { ...result, ok: true } : result

interface QuestionProps {
	contact?: AskedAbout
	/** Where the page is alive: sends it as it is, or lets her change it. */
	onSure?: () => void
	onChange?: () => void
}

/** Asks once more before a number or an address goes to a whole room. The room has texts of its own: no other ones reach the browser. */
export function ContactQuestion({ contact, onSure, onChange }: QuestionProps) {
	const { t } = useTranslation()
	if (!contact) return null
	return (
		<AskAgain
			found={[t(`chat:contact.${contact}`)]}
			why={t(contact === 'words' ? 'chat:contact.wordsWhy' : 'chat:contact.why')}
		>
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
		</AskAgain>
	)
}
