import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { Card, CardList } from '~/ui/card'
import { Field, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Empty, Notice, PageHead } from '~/ui/page'
import { LanguageTag } from '~/ui/text'
import { BETTER_PATH, betterPath } from '../better-path'
import type { ShownSentence } from '../catalogue.server'
import { kindOf } from '../placeholder-kinds'
import { SENTENCE } from '../sentences.limits'
import { Numbers, SentenceText } from './sentence-text'

interface Chosen extends ShownSentence {
	/** The placeholders it has, as they are typed. */
	parts: string[]
	/** How many letters a better one may have. */
	room: number
	formKey: string
}

interface BetterPageProps {
	locale: string
	q: string
	/** The page she came from. */
	from: string
	found: ShownSentence[]
	chosen: Chosen | null
	thanks: boolean
	result?: FormResult
}

/** Where a reader finds a sentence of the interface, and says it better. */
export function BetterPage({ locale, q, from, found, chosen, thanks, result }: BetterPageProps) {
	const { t } = useTranslation()
	const search = betterPath({ q, from })
	return (
		<>
			<PageHead
				title={t('common:footer.better')}
				lead={chosen ? undefined : t('sentences:lead', { language: endonym(locale) })}
				back={{ to: chosen ? search : from, label: t('common:actions.back') }}
			/>
			<div className="stack">
				{thanks ? <Notice kind="good">{t('sentences:thanks')}</Notice> : null}
				{chosen ? (
					<BetterForm locale={locale} chosen={chosen} result={result} />
				) : (
					<Finding locale={locale} q={q} from={from} found={found} />
				)}
			</div>
		</>
	)
}

function Finding({ locale, q, from, found }: Pick<BetterPageProps, 'locale' | 'q' | 'from' | 'found'>) {
	const { t } = useTranslation()
	return (
		<>
			<Form method="get" action={BETTER_PATH} role="search" id="find">
				<Field
					name="q"
					type="search"
					label={t('sentences:find')}
					hint={t('sentences:findHint')}
					defaultValue={q}
					dir="auto"
					autoComplete="off"
					enterKeyHint="search"
				/>
				<input type="hidden" name="from" value={from} />
				<Submit icon="search">{t('search:go')}</Submit>
			</Form>
			{q && found.length === 0 ? <Empty title={t('search:nothing')}>{t('search:nothingHint')}</Empty> : null}
			<CardList label={t('search:results')}>
				{found.map((sentence) => (
					<Card as="li" key={sentence.key} item="sentence">
						<a className="row-link" href={betterPath({ key: sentence.key, q, from })}>
							<SentenceText text={sentence.text} lang={locale} />
						</a>
						<Beside sentence={sentence} locale={locale} />
					</Card>
				))}
			</CardList>
		</>
	)
}

/** What tells a sentence from others like it: its English, its numbers, and where it stands. */
function Beside({ sentence, locale }: { sentence: ShownSentence; locale: string }) {
	return (
		<>
			{locale === FALLBACK_LOCALE ? null : (
				<p className="meta">
					<LanguageTag tag={FALLBACK_LOCALE} />
					<SentenceText text={sentence.english} lang={FALLBACK_LOCALE} />
				</p>
			)}
			<Numbers numbers={sentence.numbers} />
			{sentence.where ? (
				<p className="meta" lang={FALLBACK_LOCALE} dir="ltr">
					{sentence.where}
				</p>
			) : null}
		</>
	)
}

function BetterForm({ locale, chosen, result }: { locale: string; chosen: Chosen; result?: FormResult }) {
	const { t } = useTranslation()
	const sent = result?.values?.formKey
	return (
		<>
			<Card>
				<h2 className="title">{t('sentences:now')}</h2>
				<p>
					<SentenceText text={chosen.text} lang={locale} />
				</p>
				<Beside sentence={chosen} locale={locale} />
			</Card>
			<Form result={result} id="better">
				<input type="hidden" name="formKey" value={typeof sent === 'string' ? sent : chosen.formKey} />
				<input type="hidden" name="language" value={locale} />
				<input type="hidden" name="key" value={chosen.key} />
				{chosen.parts.length > 0 ? <Parts parts={chosen.parts} /> : null}
				<TextArea
					name="better"
					label={t('sentences:better')}
					defaultValue={chosen.text}
					counter={chosen.room}
					lang={locale}
					rows={3}
					required
				/>
				<TextArea name="why" label={t('sentences:why')} counter={SENTENCE.why.graphemes} rows={2} optional />
				<Submit icon="send">{t('chat:write.send')}</Submit>
			</Form>
		</>
	)
}

/** What she leaves as it is: in its place stands a name or a number on the page. */
function Parts({ parts }: { parts: string[] }) {
	const { t } = useTranslation()
	return (
		<div>
			<p>{t('sentences:parts')}</p>
			<dl className="facts">
				{parts.map((part) => (
					<Fragment key={part}>
						<dt>
							<code dir="ltr" translate="no">
								{part}
							</code>
						</dt>
						<dd>{t(`sentences:part.${kindOf(part)}`)}</dd>
					</Fragment>
				))}
			</dl>
		</div>
	)
}
