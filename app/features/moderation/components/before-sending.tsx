import { useTranslation } from 'react-i18next'
import { AskAgain } from '~/ui/ask-again'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'

const ASKED = ['phone', 'email', 'address', 'iban', 'words'] as const

/** What the server found in her words and asks about before they go out. */
function askedAbout(result?: FormResult) {
	const found = String(result?.details?.found ?? '').split(' ')
	return ASKED.filter((kind) => found.includes(kind))
}

/** An answer that only asks is no mistake of hers: her words stay, and the question stands beside them. */
export const withoutQuestion = (result?: FormResult): FormResult | undefined =>
	askedAbout(result).length > 0 ? { ...result, ok: true } : result

/** What the form is sent with then. */
const SURE = { name: 'sure', value: 'yes' }

/** Asks once more before a number, an address or a word that may hurt goes out. */
export function BeforeSending({ result, answer = SURE }: { result?: FormResult; answer?: typeof SURE }) {
	const { t } = useTranslation()
	const asked = askedAbout(result)
	if (asked.length === 0) return null
	const confirmed = result?.values?.confirmed
	return (
		<AskAgain found={asked.map((kind) => t(`watch:ask.${kind}`))} why={t('watch:ask.why')}>
			{/* What she was asked before is answered. */}
			{typeof confirmed === 'string' ? <input type="hidden" name="confirmed" value={confirmed} /> : null}
			<Button kind="quiet" name={answer.name} value={answer.value}>
				{t('watch:ask.sure')}
			</Button>
		</AskAgain>
	)
}
