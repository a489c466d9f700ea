import { useTranslation } from 'react-i18next'
import { endonym, LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { ButtonLink } from '~/ui/button'
import { CardList } from '~/ui/card'
import { Field, Form, Select, Submit } from '~/ui/form'
import { Disclosure, Empty, Notice, PageHead } from '~/ui/page'
import { type Asked, isNarrowed, KINDS, TIMES } from '../search/asked'
import type { Found } from '../search/search.server'
import { HitCard } from './search-hit'

/** The search: one field, what narrows it under a fold, and the conversations that were found. */
export function SearchPage({ asked, spaces, every, hits, near, previous, next }: Found) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('search:title')}
				lead={asked.q ? undefined : t('search:lead')}
				back={{ to: '/forum', label: t('forum:spaces.title') }}
			/>
			<div className="stack">
				<SearchForm asked={asked} spaces={spaces} />
				{asked.shortened ? <Notice kind="info">{t('search:shortened')}</Notice> : null}
				{asked.q && asked.words.length === 0 ? <Notice kind="info">{t('search:noWords')}</Notice> : null}
				{every || hits.length === 0 ? null : <Notice kind="info">{t('search:someWords')}</Notice>}
				{asked.words.length > 0 && hits.length === 0 ? <Nothing asked={asked} near={near} /> : null}
				<CardList label={t('search:results')}>
					{hits.map((hit) => (
						<HitCard key={hit.topicId} hit={hit} />
					))}
				</CardList>
			</div>
			{previous || next ? (
				<nav className="pager" aria-label={t('search:pages')}>
					{previous ? (
						<ButtonLink to={previous} kind="quiet" rel="prev">
							{t('search:previous')}
						</ButtonLink>
					) : null}
					{next ? (
						<ButtonLink to={next} kind="quiet" rel="next">
							{t('search:more')}
						</ButtonLink>
					) : null}
				</nav>
			) : null}
		</>
	)
}

type Choices = Pick<Found, 'asked' | 'spaces'>

function SearchForm({ asked, spaces }: Choices) {
	const { t } = useTranslation()
	return (
		<Form method="get" action="/search" role="search" id="search">
			<Field
				name="q"
				type="search"
				label={t('search:words')}
				hint={t('search:hint')}
				defaultValue={asked.q}
				dir="auto"
				autoComplete="off"
				enterKeyHint="search"
			/>
			<Disclosure summary={t('search:narrow')} icon="list-checks" open={isNarrowed(asked)}>
				<Narrowing asked={asked} spaces={spaces} />
			</Disclosure>
			<Submit icon="search">{t('search:go')}</Submit>
		</Form>
	)
}

function Narrowing({ asked, spaces }: Choices) {
	const { t } = useTranslation()
	const any = { value: '', label: t('search:any') }
	const languages = LANGUAGE_TAGS.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))
	return (
		<div className="stack">
			<Select
				name="language"
				label={t('search:language')}
				options={[any, ...languages]}
				defaultValue={asked.language ?? ''}
			/>
			<Select
				name="kind"
				label={t('search:kind.label')}
				options={[any, ...KINDS.map((kind) => ({ value: kind, label: t(`search:kind.${kind}`) }))]}
				defaultValue={asked.kind ?? ''}
			/>
			<Select
				name="space"
				label={t('search:space')}
				options={[any, ...spaces.map(({ id, name }) => ({ value: id, label: name.text, lang: name.lang }))]}
				defaultValue={asked.space ?? ''}
			/>
			<Select
				name="time"
				label={t('search:time.label')}
				options={[any, ...TIMES.map((time) => ({ value: time, label: t(`search:time.${time}`) }))]}
				defaultValue={asked.time ?? ''}
			/>
			<Field
				name="author"
				label={t('search:author')}
				defaultValue={asked.author ?? ''}
				dir="auto"
				autoComplete="off"
				optional
			/>
		</div>
	)
}

function Nothing({ asked, near }: { asked: Asked; near: Found['near'] }) {
	const { t } = useTranslation()
	return (
		<>
			<Empty title={t('search:nothing')}>
				{t(isNarrowed(asked) ? 'search:nothingNarrow' : 'search:nothingHint')}
			</Empty>
			{near.length === 0 ? null : (
				<section>
					<h2 className="title">{t('search:near')}</h2>
					<ul className="stack">
						{near.map(({ path, title, lang, dir }) => (
							<li key={path}>
								<a href={path} lang={lang} dir={dir}>
									{title}
								</a>
							</li>
						))}
					</ul>
				</section>
			)}
		</>
	)
}
