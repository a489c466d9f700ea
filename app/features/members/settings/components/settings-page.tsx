import { useTranslation } from 'react-i18next'
import { compareWords, formatCountry } from '~/platform/i18n/format-names'
import { ZONE_NAMES, zoneLabel } from '~/platform/i18n/zones'
import { Choice, ChoiceGroup, Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead } from '~/ui/page'
import { HOST_COUNTRIES } from '../../host-countries'
import { FIRST_POSTS, REGISTRATIONS, type Settings } from '../settings.schema'

interface SettingsPageProps {
	settings: Settings
	saved: boolean
	result?: FormResult
}

/** What coordinators decide for the whole installation, on one form. */
export function SettingsPage({ settings, saved, result }: SettingsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('coordination:settings.title')}
				lead={t('coordination:settings.lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			{saved ? <Notice kind="good" title={t('coordination:saved')} /> : null}
			<Form result={result} id="settings">
				<ChoiceGroup name="registration" legend={t('coordination:settings.registration')}>
					{REGISTRATIONS.map((value) => (
						<Choice
							key={value}
							type="radio"
							name="registration"
							value={value}
							label={t(`coordination:settings.registrationIs.${value}`)}
							defaultChecked={settings.registration === value}
						/>
					))}
				</ChoiceGroup>
				<ChoiceGroup
					name="firstPosts"
					legend={t('coordination:settings.firstPosts')}
					hint={t('coordination:settings.firstPostsHint')}
				>
					{FIRST_POSTS.map((value) => (
						<Choice
							key={value}
							type="radio"
							name="firstPosts"
							value={value}
							label={t(`coordination:settings.firstPostsAre.${value}`)}
							defaultChecked={settings.firstPosts === value}
						/>
					))}
				</ChoiceGroup>
				<Places settings={settings} />
				<Field
					name="exitUrl"
					label={t('coordination:settings.exit')}
					hint={t('coordination:settings.exitHint')}
					defaultValue={settings.exitUrl}
					inputMode="url"
					autoComplete="off"
					spellCheck={false}
					dir="ltr"
					required
				/>
				<Submit>{t('coordination:save')}</Submit>
			</Form>
		</>
	)
}

/** Where the community is at home, and whose clock it goes by. */
function Places({ settings }: { settings: Settings }) {
	const { t, i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	const sorted = (options: { value: string; label: string }[]) =>
		options.toSorted((a, b) => compare(a.label, b.label))
	const countries = HOST_COUNTRIES.map((value) => ({ value, label: formatCountry(i18n.language, value) }))
	const zones = ZONE_NAMES.map((value) => ({ value, label: zoneLabel(i18n.language, value) }))
	return (
		<>
			<Select
				name="hostCountry"
				label={t('coordination:settings.country')}
				hint={t('coordination:settings.countryHint')}
				options={[{ value: '', label: t('coordination:settings.noCountry') }, ...sorted(countries)]}
				defaultValue={settings.hostCountry}
			/>
			<Select
				name="zone"
				label={t('coordination:settings.zone')}
				hint={t('coordination:settings.zoneHint')}
				options={sorted(zones)}
				defaultValue={settings.zone}
			/>
		</>
	)
}
