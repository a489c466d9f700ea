import { useTranslation } from 'react-i18next'
import type { Calendar } from '~/platform/actor'
import type { Said } from '~/platform/i18n/chain'
import { compareWords, formatCountry } from '~/platform/i18n/format-names'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Choice, ChoiceGroup, Form, Select, Submit, TextArea } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { LanguageChoice } from '~/ui/language-choice'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { AREA_ICON, AREAS } from '../areas'
import { HOST_COUNTRIES } from '../host-countries'
import { PROFILE_LIMITS } from '../profile.limits'
import { CalendarChoice } from './calendar-choice'
import { LettersForm } from './letters-form'

interface ProfilePageProps {
	profile: {
		reads: string[]
		speaks: string[]
		secondLocale: string | null
		calendar: Calendar | null
		hostCountry: string | null
		helpWanted: string[]
		about: string
	}
	/** Whose member she is. */
	organisations: { id: string; name: Said | string; about: Said | null }[]
	/** Tags to tick, hers and those of the pages in reach, the rest folded away. */
	languages: { near: string[]; others: string[] }
	/** The language of these pages, and those there are. */
	locale: string
	locales: readonly string[]
	/** Urdu is set in Nastaliq for her. */
	nastaliq: boolean
	saved: boolean
	result?: FormResult
}

/** What she says about herself, all of it optional. */
export function ProfilePage({
	profile,
	organisations,
	languages,
	locale,
	locales,
	nastaliq,
	saved,
	result,
}: ProfilePageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('members:profile.title')}
				lead={t('members:profile.lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			{saved && !result ? (
				<div className="after-head">
					<Notice kind="good" title={t('members:profile.saved')} />
				</div>
			) : null}
			<Form result={result} id="profile">
				<Languages
					name="reads"
					legend={t('members:profile.reads')}
					hint={t('members:profile.readsHint')}
					chosen={profile.reads}
					languages={languages}
					open={result !== undefined}
				/>
				<Languages
					name="speaks"
					legend={t('members:profile.speaks')}
					hint={t('members:profile.speaksHint')}
					chosen={profile.speaks}
					languages={languages}
					open={result !== undefined}
				/>
				<SecondLanguage chosen={profile.secondLocale} locale={locale} locales={locales} />
				<CalendarChoice chosen={profile.calendar} />
				<Country chosen={profile.hostCountry} />
				<Areas chosen={profile.helpWanted} />
				<TextArea
					name="about"
					label={t('members:profile.about')}
					hint={t('members:profile.aboutHint')}
					counter={PROFILE_LIMITS.about.graphemes}
					defaultValue={profile.about}
					rows={4}
				/>
				<Submit>{t('common:actions.save')}</Submit>
			</Form>
			<Organisations organisations={organisations} />
			<InterfaceLanguage locale={locale} locales={locales} />
			{locale === 'ur' ? <LettersForm nastaliq={nastaliq} /> : null}
		</>
	)
}

interface LanguagesProps {
	name: 'reads' | 'speaks'
	legend: string
	hint: string
	chosen: string[]
	languages: ProfilePageProps['languages']
	/** After a refusal what she ticked must be seen again, wherever it stands. */
	open: boolean
}

function Languages({ name, legend, hint, chosen, languages, open }: LanguagesProps) {
	const { t } = useTranslation()
	const box = (tag: string) => (
		<LanguageChoice key={tag} name={name} tag={tag} chosen={chosen.includes(tag)} />
	)
	return (
		<ChoiceGroup name={name} legend={legend} hint={hint}>
			<div className="choices side-by-side">{languages.near.map(box)}</div>
			<Disclosure summary={t('members:profile.moreLanguages')} icon="plus" open={open}>
				<div className="choices side-by-side">{languages.others.map(box)}</div>
			</Disclosure>
		</ChoiceGroup>
	)
}

interface SecondLanguageProps {
	chosen: string | null
	locale: string
	locales: readonly string[]
}

/** The language of the pages that stands in for the first; a choice that has become the first is none. */
function SecondLanguage({ chosen, locale, locales }: SecondLanguageProps) {
	const { t } = useTranslation()
	const others = locales.filter((tag) => tag !== locale)
	return (
		<Select
			name="secondLocale"
			label={t('members:profile.second')}
			hint={t('members:profile.secondHint')}
			options={[
				{ value: '', label: t('members:profile.secondNone') },
				...others.map((tag) => ({ value: tag, label: endonym(tag), lang: tag })),
			]}
			defaultValue={chosen && others.includes(chosen) ? chosen : ''}
		/>
	)
}

function Country({ chosen }: { chosen: string | null }) {
	const { t, i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	const countries = HOST_COUNTRIES.map((code) => ({
		value: code as string,
		label: formatCountry(i18n.language, code),
	})).sort((a, b) => compare(a.label, b.label))
	return (
		<Select
			name="hostCountry"
			label={t('members:profile.country')}
			hint={t('members:profile.countryHint')}
			options={[{ value: '', label: t('members:profile.countryNone') }, ...countries]}
			defaultValue={chosen ?? ''}
		/>
	)
}

function Areas({ chosen }: { chosen: string[] }) {
	const { t } = useTranslation()
	return (
		<ChoiceGroup
			name="helpWanted"
			legend={t('members:profile.needs')}
			hint={t('members:profile.needsHint')}
			sideBySide
		>
			{AREAS.map((area) => (
				<Choice
					key={area}
					type="checkbox"
					name="helpWanted"
					value={area}
					icon={AREA_ICON[area]}
					label={t(`mentoring:area.${area}`)}
					defaultChecked={chosen.includes(area)}
				/>
			))}
		</ChoiceGroup>
	)
}

/** The centres she belongs to, and the way out of each; nothing here for those who belong to none. */
function Organisations({ organisations }: Pick<ProfilePageProps, 'organisations'>) {
	const { t } = useTranslation()
	if (organisations.length === 0) return null
	return (
		<Section title={t('members:organisations.title')} id="organisations">
			<CardList label={t('members:organisations.title')}>
				{organisations.map(({ id, name, about }) => (
					<Card as="li" key={id} item="organisation">
						<p>
							<strong>
								<SaidText said={name} />
							</strong>
						</p>
						{about ? (
							<p>
								<SaidText said={about} />
							</p>
						) : null}
						<Disclosure summary={t('members:organisations.fold')}>
							<form method="post" className="form">
								<input type="hidden" name="organisation" value={id} />
								<p>{t('members:organisations.text')}</p>
								<Button kind="danger" icon="log-out" name="intent" value="leave">
									{t('members:organisations.leave')}
								</Button>
							</form>
						</Disclosure>
					</Card>
				))}
			</CardList>
		</Section>
	)
}

/** The same choice as at the top of every page, where she looks for it too. */
function InterfaceLanguage({ locale, locales }: Pick<ProfilePageProps, 'locale' | 'locales'>) {
	const { t } = useTranslation()
	return (
		<Section title={t('members:profile.pages')} id="pages">
			<form method="post" action="/language" className="form">
				<input type="hidden" name="back" value="/me/profile" />
				<div className="choices side-by-side" role="radiogroup" aria-label={t('members:profile.pages')}>
					{locales.map((tag) => (
						<label className="choice" key={tag}>
							<input type="radio" name="language" value={tag} defaultChecked={tag === locale} />
							<span className="choice-text">
								<span lang={tag} dir={dirOf(tag)}>
									{endonym(tag)}
								</span>
							</span>
						</label>
					))}
				</div>
				<Submit kind="quiet">{t('members:profile.pagesGo')}</Submit>
			</form>
		</Section>
	)
}
