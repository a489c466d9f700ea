import { useTranslation } from 'react-i18next'
import { compareWords, formatCountry } from '~/platform/i18n/format-names'
import { Card, CardList } from '~/ui/card'
import { Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { Bdi } from '~/ui/text'
import { HOST_COUNTRIES } from '../host-countries'
import { ORGANISATION_KINDS } from '../organisation-kinds'
import type { OrganisationSeen } from '../organisation-list.server'
import { answerTo } from './answer'

interface OrganisationsPageProps {
	organisations: OrganisationSeen[]
	formKey: string
	saved: boolean
	result?: FormResult
}

/** The centres, job services and associations of the network: to add, and to set right. */
export function OrganisationsPage({ organisations, formKey, saved, result }: OrganisationsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('coordination:organisations.title')}
				lead={t('coordination:organisations.lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			{saved ? <Notice kind="good" title={t('coordination:saved')} /> : null}
			{organisations.length === 0 ? (
				<p className="muted">{t('coordination:organisations.none')}</p>
			) : (
				<CardList label={t('coordination:organisations.title')}>
					{organisations.map((organisation) => (
						<OrganisationCard key={organisation.id} organisation={organisation} result={result} />
					))}
				</CardList>
			)}
			<Section title={t('coordination:organisations.add')}>
				<Form result={answerTo(result, { intent: 'add' })} id="add">
					<input type="hidden" name="key" value={formKey} />
					<Fields />
					<Sending intent="add" />
				</Form>
			</Section>
		</>
	)
}

function OrganisationCard({ organisation, result }: { organisation: OrganisationSeen; result?: FormResult }) {
	const { t, i18n } = useTranslation()
	const { id, name, country, kind } = organisation
	const answer = answerTo(result, { intent: 'change', organisation: id })
	return (
		<Card as="li" item="organisation">
			<p className="row">
				<strong>
					<Bdi>{name}</Bdi>
				</strong>
				<span className="badge">{t(`coordination:organisations.kindIs.${kind}`)}</span>
				<span>{formatCountry(i18n.language, country)}</span>
			</p>
			<Disclosure summary={t('coordination:organisations.change')} icon="pencil" open={answer !== undefined}>
				<Form result={answer} id={`o-${id}`}>
					<input type="hidden" name="organisation" value={id} />
					<Fields organisation={organisation} />
					<Sending intent="change" />
				</Form>
			</Disclosure>
		</Card>
	)
}

function Fields({ organisation }: { organisation?: OrganisationSeen }) {
	const { t, i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	return (
		<>
			<Field
				name="name"
				label={t('coordination:organisations.name')}
				defaultValue={organisation?.name}
				autoComplete="off"
				dir="auto"
				required
			/>
			<Select
				name="country"
				label={t('coordination:organisations.country')}
				options={HOST_COUNTRIES.map((value) => ({ value, label: formatCountry(i18n.language, value) })).sort(
					(a, b) => compare(a.label, b.label),
				)}
				defaultValue={organisation?.country}
			/>
			<Select
				name="kind"
				label={t('coordination:organisations.kind')}
				options={ORGANISATION_KINDS.map((value) => ({
					value,
					label: t(`coordination:organisations.kindIs.${value}`),
				}))}
				defaultValue={organisation?.kind}
			/>
		</>
	)
}

function Sending({ intent }: { intent: 'add' | 'change' }) {
	const { t } = useTranslation()
	return (
		<>
			<input type="hidden" name="intent" value={intent} />
			<Submit kind={intent === 'add' ? 'primary' : 'quiet'}>{t('coordination:save')}</Submit>
		</>
	)
}
