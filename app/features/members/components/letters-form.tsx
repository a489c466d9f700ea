import { useTranslation } from 'react-i18next'
import { Choice, Form, Submit } from '~/ui/form'

/** For who reads these pages in Urdu: in which hand they are written. */
export function LettersForm({ nastaliq }: { nastaliq: boolean }) {
	const { t } = useTranslation()
	return (
		<Form id="letters">
			<input type="hidden" name="intent" value="letters" />
			<Choice
				type="checkbox"
				name="nastaliq"
				value="yes"
				label={t('members:profile.nastaliq')}
				hint={t('members:profile.nastaliqHint')}
				defaultChecked={nastaliq}
			/>
			<Submit kind="quiet">{t('common:actions.save')}</Submit>
		</Form>
	)
}
