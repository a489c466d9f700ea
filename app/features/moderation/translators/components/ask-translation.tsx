import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Form, type FormResult, Select, Submit } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { LanguageTag, Time } from '~/ui/text'
import type { KeptWords } from '../../cases.server'

interface AskTranslationProps {
	kept: KeptWords[]
	/** The languages that bound translators know. */
	languages: string[]
	result?: FormResult
}

/** Asks a member bound to secrecy for the words in a language the moderator reads, and says how far that is. */
export function AskTranslation({ kept, languages, result }: AskTranslationProps) {
	const { t } = useTranslation()
	const asked = kept.flatMap(({ translations }) => translations)
	const latest = kept.at(-1)!
	const options = languages
		.filter((tag) => tag !== latest.lang)
		.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))
	return (
		<Disclosure summary={t('queue:ask.title')} icon="languages" open={result !== undefined}>
			<div className="stack">
				{asked.map((one) => (
					<p key={one.id} className="meta">
						<LanguageTag tag={one.language} />
						<IconText name={one.doneAt ? 'check' : 'clock'}>
							{one.doneAt ? t('queue:ask.done') : t('queue:ask.waits')}
						</IconText>
						<Time at={one.doneAt ?? one.askedAt} />
					</p>
				))}
				{options.length === 0 ? (
					<p className="muted">{t('queue:ask.nobody')}</p>
				) : (
					<Form result={result} id="translation">
						<input type="hidden" name="intent" value="translation" />
						<input type="hidden" name="evidence" value={latest.id} />
						<Select
							name="language"
							label={t('queue:ask.language')}
							hint={t('queue:ask.hint')}
							options={options}
						/>
						<Submit kind="quiet" icon="languages">
							{t('queue:ask.send')}
						</Submit>
					</Form>
				)}
			</div>
		</Disclosure>
	)
}
