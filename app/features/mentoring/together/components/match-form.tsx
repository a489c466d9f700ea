import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonKind } from '~/ui/button'
import { Form, type FormResult, Select } from '~/ui/form'
import type { IconName } from '~/ui/icons'
import { languageOptions, type Writing } from '../../components/form-parts'

/** What she sent with a form of the page that has this intent (and stood at this thing), if it could not be taken. */
export function refusedOf(
	result: FormResult | undefined,
	intent: string,
	at: Record<string, string> = {},
): FormResult | undefined {
	const sent = result?.ok === false && result.code === 'invalid' ? result.values : undefined
	const same = Object.entries({ ...at, intent }).every(([name, value]) => sent?.[name] === value)
	return sent && same ? result : undefined
}

interface PressProps {
	intent: string
	/** What it is about, as hidden fields. */
	at?: Record<string, string>
	kind?: ButtonKind
	icon?: IconName
	children: ReactNode
}

/** A form that is one button. */
export function Press({ intent, at = {}, kind = 'quiet', icon, children }: PressProps) {
	return (
		<Form>
			{Object.entries(at).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			<div className="row">
				<Button kind={kind} icon={icon} name="intent" value={intent}>
					{children}
				</Button>
			</div>
		</Form>
	)
}

/** The language of what she writes here. */
export function LanguageField({ writing }: { writing: Pick<Writing, 'languages' | 'language'> }) {
	const { t } = useTranslation()
	return (
		<Select
			name="language"
			label={t('mentoring:words.language')}
			options={languageOptions(writing.languages)}
			defaultValue={writing.language}
		/>
	)
}
