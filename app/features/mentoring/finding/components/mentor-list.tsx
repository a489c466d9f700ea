import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, Select, Submit } from '~/ui/form'
import { Icon, IconText } from '~/ui/icon'
import { Empty, PageHead } from '~/ui/page'
import { Person } from '~/ui/people'
import { Bdi } from '~/ui/text'
import { languageOptions } from '../../components/form-parts'
import type { Level } from '../../mentoring.limits'
import { NEEDS, type Need } from '../../needs'
import { HelpsWith, LanguageLevels, Words } from '../../offers/components/offer-facts'
import { ReasonList, type ShownReason } from './reason-list'

export interface MentorRow {
	id: string
	handle: string
	languages: Record<string, Level>
	needs: Need[]
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
	/** Within how many days she usually answers; null where too few have asked her. */
	answersInDays: number | null
}

interface Filter {
	/** A tag, `all`, or `own`: a language she speaks. */
	language: string
	need: Need | null
	own: readonly string[]
}

type Suggested = MentorRow & { reasons: ShownReason[] }

interface MentorListProps {
	mentors: Suggested[]
	filter: Filter
	/** The zone her times are shown in. */
	zone: string
	next: string | null
	first: boolean
}

const PATH = '/mentoring/mentors'
const ALL = `${PATH}?language=all`

/** The mentors with a free place, those who fit her best first. */
export function MentorList({ mentors, filter, zone, next, first }: MentorListProps) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<PageHead
				title={t('mentoring:mentors.title')}
				lead={t('mentoring:mentors.lead')}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
				actions={
					<ButtonLink to="/mentoring/ask" kind="quiet" icon="pencil">
						{t('mentoring:mentors.wishes')}
					</ButtonLink>
				}
			/>
			<FilterForm filter={filter} />
			{mentors.length === 0 ? <Nobody filter={filter} /> : null}
			<CardList label={t('mentoring:mentors.label')}>
				{mentors.map((mentor) => (
					<MentorCard key={mentor.id} mentor={mentor} zone={zone} />
				))}
			</CardList>
			<Pages filter={filter} next={next} first={first} />
		</div>
	)
}

function FilterForm({ filter }: { filter: Filter }) {
	const { t } = useTranslation()
	const languages = [
		{ value: '', label: t('mentoring:mentors.ownLanguages') },
		{ value: 'all', label: t('mentoring:mentors.all') },
		...languageOptions([...new Set([...filter.own, ...LANGUAGE_TAGS])]),
	]
	const needs = [
		{ value: '', label: t('mentoring:mentors.anyNeed') },
		...NEEDS.map((need) => ({ value: need, label: t(`mentoring:need.${need}`) })),
	]
	return (
		<Form method="get" action={PATH}>
			<div className="grid-2">
				<Select
					name="language"
					label={t('mentoring:mentors.language')}
					options={languages}
					defaultValue={filter.language === 'own' ? '' : filter.language}
				/>
				<Select
					name="need"
					label={t('mentoring:mentors.need')}
					options={needs}
					defaultValue={filter.need ?? ''}
				/>
			</div>
			<Submit kind="quiet" icon="search">
				{t('mentoring:mentors.show')}
			</Submit>
		</Form>
	)
}

function Nobody({ filter }: { filter: Filter }) {
	const { t } = useTranslation()
	const wide = filter.language === 'all' && filter.need === null
	return (
		<Empty
			title={t('mentoring:mentors.none')}
			action={wide ? null : <ButtonLink to={ALL}>{t('mentoring:mentors.showAll')}</ButtonLink>}
		>
			{t('mentoring:mentors.noneText')}
		</Empty>
	)
}

function MentorCard({ mentor, zone }: { mentor: Suggested; zone: string }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="mentor">
			<div className="stack">
				<Person handle={mentor.handle} seed={mentor.id} badge="mentor" />
				<ReasonList reasons={mentor.reasons} zone={zone} />
				<AnswersIn days={mentor.answersInDays} />
				<LanguageLevels languages={mentor.languages} />
				{mentor.words ? <Words text={mentor.words} lang={mentor.wordsLang} dir={mentor.wordsDir} /> : null}
				<HelpsWith needs={mentor.needs} />
				<div className="row">
					<ButtonLink to={`/mentoring/ask?mentor=${mentor.id}`} icon="hand">
						{t('mentoring:mentors.ask')}
						<span className="sr-only">
							{' '}
							<Bdi>{mentor.handle}</Bdi>
						</span>
					</ButtonLink>
					<BlockLink memberId={mentor.id} />
				</div>
			</div>
		</Card>
	)
}

/** How long a first answer of hers usually takes. */
export function AnswersIn({ days }: { days: number | null }) {
	const { t } = useTranslation()
	if (days === null) return null
	return (
		<p className="meta">
			<IconText name="clock">{t('mentoring:mentors.answersIn', { count: days })}</IconText>
		</p>
	)
}

/** Here an order by fit runs downwards: "older" and "newer" would mislead. */
function Pages({ filter, next, first }: Pick<MentorListProps, 'filter' | 'next' | 'first'>) {
	const { t } = useTranslation()
	if (first && next === null) return null
	const chosen = new URLSearchParams()
	if (filter.language !== 'own') chosen.set('language', filter.language)
	if (filter.need) chosen.set('need', filter.need)
	const to = (after?: string) => {
		const query = new URLSearchParams(chosen)
		if (after) query.set('after', after)
		return query.size > 0 ? `${PATH}?${query}` : PATH
	}
	return (
		<nav className="pager" aria-label={t('mentoring:mentors.pages')}>
			{first ? null : (
				<a className="btn quiet" href={to()}>
					<Icon name="chevron-left" />
					<span>{t('mentoring:mentors.first')}</span>
				</a>
			)}
			{next === null ? null : (
				<a className="btn quiet older" href={to(next)} rel="next">
					<span>{t('mentoring:mentors.more')}</span>
					<Icon name="chevron-right" />
				</a>
			)}
		</nav>
	)
}
