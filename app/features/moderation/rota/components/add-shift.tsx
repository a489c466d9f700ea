import { useTranslation } from 'react-i18next'
import { formatWeekday } from '~/platform/i18n/format'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { ChoiceGroup, Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { LanguageChoice } from '~/ui/language-choice'
import type { Rota } from '../rota.server'

/** A weekly time to be there: whose, on which day, from when to when, in which languages. */
export function AddShift({ rota, result }: { rota: Rota; result?: FormResult }) {
	const { t, i18n } = useTranslation()
	const women = rota.choices.map(({ id, handle, own }) => ({
		value: id,
		label: own ? t('rota:you') : handle,
		name: !own,
	}))
	const weekdays = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
		value: String(day + 1),
		label: formatWeekday(i18n.language, day),
	}))
	const languages = rota.languages.length > 0 ? rota.languages : LANGUAGE_TAGS
	return (
		<Form result={result} id="add">
			<input type="hidden" name="intent" value="add" />
			<Select name="member" label={t('rota:who')} options={women} />
			<Select name="weekday" label={t('rota:weekday')} options={weekdays} />
			<Field name="from" type="time" label={t('rota:from')} required />
			<Field name="to" type="time" label={t('rota:to')} hint={t('rota:toHint')} required />
			<ChoiceGroup name="languages" legend={t('rota:languages')} sideBySide>
				{languages.map((tag) => (
					<LanguageChoice key={tag} name="languages" tag={tag} />
				))}
			</ChoiceGroup>
			<Submit icon="plus">{t('rota:add')}</Submit>
		</Form>
	)
}
