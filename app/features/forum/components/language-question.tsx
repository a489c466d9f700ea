import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { Bdi } from '~/ui/text'

/** Asked once, where her words look like another language than she said. Her answer is what counts. */
export function LanguageQuestion({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	const guess = result?.details?.guess
	const declared = result?.values?.language
	if (typeof guess !== 'string' || typeof declared !== 'string') return null
	return (
		<div className="notice info" role="alert">
			<div>
				<p className="notice-title">
					{t('forum:language.ask')} <Bdi lang={guess}>{endonym(guess)}</Bdi>
				</p>
				<div className="row">
					<Button kind="quiet" name="confirmed" value={guess}>
						{t('forum:language.change')} <Bdi lang={guess}>{endonym(guess)}</Bdi>
					</Button>
					<Button kind="quiet" name="confirmed" value={declared}>
						{t('forum:language.keep')} <Bdi lang={declared}>{endonym(declared)}</Bdi>
					</Button>
				</div>
			</div>
		</div>
	)
}
