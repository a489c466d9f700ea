import { useTranslation } from 'react-i18next'
import { answerTo } from '~/features/members/components/answer'
import { formatNumber } from '~/platform/i18n/format'
import { endonym } from '~/platform/i18n/languages'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult } from '~/ui/form'
import { PageHead, Pill, Pills, Section } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { ShownSuggestion, Suggestions } from '../deciding.server'
import { Numbers, SentenceText } from './sentence-text'

const PATH = '/coordination/sentences'
const pathOf = (language: string) => `${PATH}?language=${language}`

interface SuggestionsPageProps extends Suggestions {
	result?: FormResult
}

/** What readers would say better: counted by language, to take or to decline, and to take away as a file. */
export function SuggestionsPage({ language, languages, waiting, decided, result }: SuggestionsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('coordination:parts.sentences')}
				lead={t('sentences:list.lead')}
				back={{ to: '/coordination', label: t('auth:people.back') }}
			/>
			<div className="stack">
				{languages.length > 0 ? <Counts languages={languages} /> : null}
				{language ? (
					<Pills label={t('common:language.label')}>
						<Pill to={PATH}>{t('search:any')}</Pill>
						<Pill to={pathOf(language)} current>
							<bdi lang={language}>{endonym(language)}</bdi>
						</Pill>
					</Pills>
				) : null}
			</div>
			<Section title={t('sentences:list.waiting')} id="waiting">
				{waiting.length === 0 ? <p className="muted">{t('sentences:list.none')}</p> : null}
				<SuggestionCards suggestions={waiting} label={t('sentences:list.waiting')} result={result} />
			</Section>
			{decided.length > 0 ? (
				<Section title={t('sentences:list.decided')} id="decided">
					<SuggestionCards suggestions={decided} label={t('sentences:list.decided')} result={result} />
				</Section>
			) : null}
		</>
	)
}

function Counts({ languages }: Pick<Suggestions, 'languages'>) {
	const { t, i18n } = useTranslation()
	const number = (count: number) => formatNumber(i18n.language, count)
	return (
		<table className="data-table">
			<thead>
				<tr>
					<th scope="col">{t('common:language.label')}</th>
					<th scope="col">{t('sentences:list.waiting')}</th>
					<th scope="col">{t('sentences:list.taken')}</th>
					<th scope="col">{t('sentences:list.declined')}</th>
					<th scope="col">{t('sentences:list.file')}</th>
				</tr>
			</thead>
			<tbody>
				{languages.map(({ locale, waiting, taken, declined }) => (
					<tr key={locale}>
						<th scope="row">
							<a href={pathOf(locale)}>
								<bdi lang={locale}>{endonym(locale)}</bdi>
							</a>
						</th>
						<td data-label={t('sentences:list.waiting')}>{number(waiting)}</td>
						<td data-label={t('sentences:list.taken')}>{number(taken)}</td>
						<td data-label={t('sentences:list.declined')}>{number(declined)}</td>
						<td data-label={t('sentences:list.file')}>
							{taken > 0 ? (
								<a href={`${PATH}/${locale}.patch`} download>
									<bdi dir="ltr">{`${locale}.patch`}</bdi>
								</a>
							) : null}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	)
}

interface CardsProps {
	suggestions: ShownSuggestion[]
	label: string
	result?: FormResult
}

const SuggestionCards = ({ suggestions, label, result }: CardsProps) => (
	<CardList label={label}>
		{suggestions.map((suggestion) => (
			<SuggestionCard key={suggestion.id} suggestion={suggestion} result={result} />
		))}
	</CardList>
)

function SuggestionCard({ suggestion, result }: { suggestion: ShownSuggestion; result?: FormResult }) {
	const { t } = useTranslation()
	const { locale, sentence, better, why, by, madeAt, old, isInPlace } = suggestion
	return (
		<Card as="li" item="suggestion" id={`s-${suggestion.id}`} tone={old ? 'care' : 'plain'}>
			<p className="meta">
				<LanguageTag tag={locale} />
				<Bdi>{by ?? t('forum:formerMember')}</Bdi>
				<Time at={madeAt} />
			</p>
			<dl className="facts">
				{locale === FALLBACK_LOCALE ? null : (
					<Said label={endonym(FALLBACK_LOCALE)} text={sentence.english} lang={FALLBACK_LOCALE} />
				)}
				<Said label={t('sentences:now')} text={sentence.text} lang={locale} />
				<Said label={t('sentences:better')} text={better} lang={locale} />
			</dl>
			{why ? (
				<p lang={locale} dir="auto">
					{why}
				</p>
			) : null}
			<Numbers numbers={sentence.numbers} />
			{sentence.where ? (
				<p className="meta" lang={FALLBACK_LOCALE} dir="ltr">
					{sentence.where}
				</p>
			) : null}
			{old ? <p>{t('sentences:list.old')}</p> : null}
			{isInPlace ? <p>{t('sentences:list.inPlace')}</p> : null}
			<Deciding suggestion={suggestion} result={answerTo(result, { sentence: suggestion.id })} />
		</Card>
	)
}

function Said({ label, text, lang }: { label: string; text: string; lang: string }) {
	return (
		<>
			<dt>{label}</dt>
			<dd>
				<SentenceText text={text} lang={lang} />
			</dd>
		</>
	)
}

/** The one that was not chosen stays within reach: decided again, the last word holds. */
function Deciding({ suggestion, result }: { suggestion: ShownSuggestion; result?: FormResult }) {
	const { t } = useTranslation()
	const { id, outcome, fits } = suggestion
	return (
		<Form result={result} id={`d-${id}`}>
			<input type="hidden" name="sentence" value={id} />
			{outcome ? <p className="meta">{t(`sentences:list.${outcome}`)}</p> : null}
			<div className="row">
				{fits && outcome !== 'taken' ? (
					<Button kind="quiet" name="outcome" value="taken" icon="check">
						{t('sentences:list.take')}
					</Button>
				) : null}
				{outcome === 'declined' ? null : (
					<Button kind="plain" name="outcome" value="declined" icon="x">
						{t('sentences:list.decline')}
					</Button>
				)}
			</div>
		</Form>
	)
}
