import { useTranslation } from 'react-i18next'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { Choice, ChoiceGroup, Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import type { IconName } from '~/ui/icons'
import { Disclosure } from '~/ui/page'
import { SPACE_ACCESS, SPACE_ICONS, type SpaceAccess } from '../forum.limits'

/** A space as its form starts. */
export interface SpaceFields {
	names: Record<string, string>
	descriptions: Record<string, string>
	icon: string
	access: SpaceAccess
	organisationId: string | null
	aliasAllowed: boolean
	/** The mark of its texts as this page shows them. */
	seen?: string
}

interface SpaceFormProps {
	/** Left out for a new space. */
	space?: SpaceFields
	/** `name` and `value` of a hidden field that says which space, or which form, this is. */
	which: { name: 'space' | 'key'; value: string }
	intent: 'make' | 'save'
	locales: readonly string[]
	organisations: { id: string; name: string }[]
	result?: FormResult
}

/** Everything a coordinator says about a space: its name in the languages of these pages, and to whom it is open. */
export function SpaceForm({ space, which, intent, locales, organisations, result }: SpaceFormProps) {
	const { t } = useTranslation()
	const others = locales.filter((tag) => tag !== 'en')
	return (
		<Form result={result} id={intent}>
			<input type="hidden" name="intent" value={intent} />
			<input type="hidden" {...which} />
			{space?.seen ? <input type="hidden" name="seen" value={space.seen} /> : null}
			<Texts tag="en" space={space} />
			{others.map((tag) => (
				<Disclosure
					key={tag}
					summary={<span lang={tag}>{endonym(tag)}</span>}
					icon="languages"
					open={Boolean(space?.names[tag]) || result !== undefined}
				>
					<Texts tag={tag} space={space} />
				</Disclosure>
			))}
			<p className="hint">{t('spaces:form.languagesHint')}</p>
			<Icons chosen={space?.icon} />
			<Access chosen={space?.access ?? 'everyone'} />
			<Select
				name="organisation"
				label={t('spaces:form.organisation')}
				hint={t('spaces:form.organisationHint')}
				options={[
					{ value: '', label: t('spaces:form.noOrganisation') },
					...organisations.map(({ id, name }) => ({ value: id, label: name })),
				]}
				defaultValue={space?.organisationId ?? ''}
			/>
			<Choice
				type="checkbox"
				name="alias"
				value="yes"
				label={t('spaces:form.alias')}
				hint={t('spaces:form.aliasHint')}
				defaultChecked={space?.aliasAllowed}
			/>
			<Submit icon={intent === 'make' ? 'plus' : undefined}>
				{t(intent === 'make' ? 'spaces:form.make' : 'common:actions.save')}
			</Submit>
		</Form>
	)
}

function Texts({ tag, space }: { tag: string; space?: SpaceFields }) {
	const { t } = useTranslation()
	const optional = tag !== 'en'
	return (
		<fieldset className="field">
			<legend>
				<span lang={tag}>{endonym(tag)}</span>
			</legend>
			<Field
				name={`name-${tag}`}
				label={t('spaces:form.name')}
				optional={optional}
				lang={tag}
				dir={dirOf(tag)}
				defaultValue={space?.names[tag]}
				autoComplete="off"
			/>
			<Field
				name={`description-${tag}`}
				label={t('spaces:form.description')}
				hint={t('spaces:form.descriptionHint')}
				optional={optional}
				lang={tag}
				dir={dirOf(tag)}
				defaultValue={space?.descriptions[tag]}
				autoComplete="off"
			/>
		</fieldset>
	)
}

function Icons({ chosen }: { chosen?: string }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="icon" legend={t('spaces:form.icon')} sideBySide>
			{SPACE_ICONS.map((icon) => (
				<Choice
					key={icon}
					type="radio"
					name="icon"
					value={icon}
					icon={icon satisfies IconName}
					label={t(`spaces:icon.${icon}`)}
					defaultChecked={icon === chosen}
				/>
			))}
		</ChoiceGroup>
	)
}

function Access({ chosen }: { chosen: SpaceAccess }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup name="access" legend={t('spaces:form.access')} hint={t('spaces:form.accessHint')}>
			{SPACE_ACCESS.map((access) => (
				<Choice
					key={access}
					type="radio"
					name="access"
					value={access}
					label={t(`spaces:access.${access}`)}
					hint={t(`spaces:accessHint.${access}`)}
					defaultChecked={access === chosen}
				/>
			))}
		</ChoiceGroup>
	)
}
