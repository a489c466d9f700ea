import { useTranslation } from 'react-i18next'
import { endonym, LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Field, Form, type FormResult, Select, Submit } from '~/ui/form'
import { PageHead } from '~/ui/page'
import { CIRCLE } from '../circle.limits'

interface NewCirclePageProps {
	/** Made by the page, so that the form sent twice is one circle. */
	formKey: string
	speaks: string[]
	locale: string
	result?: FormResult
}

/** Where a circle is opened. */
export function NewCirclePage({ formKey, speaks, locale, result }: NewCirclePageProps) {
	const { t } = useTranslation()
	const tags = [...new Set([locale, ...speaks, ...LANGUAGE_TAGS])]
	return (
		<>
			<PageHead
				title={t('circles:open.title')}
				lead={t('circles:open.lead', { most: CIRCLE.size })}
				back={{ to: '/chat', label: t('chat:room.back') }}
			/>
			<Form result={result} id="circle">
				<input type="hidden" name="key" value={formKey} />
				<Field
					name="name"
					label={t('circles:open.name')}
					hint={t('circles:open.nameHint')}
					autoComplete="off"
					dir="auto"
					required
				/>
				<Select
					name="language"
					label={t('circles:open.language')}
					options={tags.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))}
					defaultValue={locale}
				/>
				<p className="hint">{t('keeping:after', { count: CIRCLE.keepDays })}</p>
				<Submit icon="check">{t('circles:open.save')}</Submit>
			</Form>
		</>
	)
}
