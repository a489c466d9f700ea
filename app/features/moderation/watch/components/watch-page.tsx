import { useTranslation } from 'react-i18next'
import { endonym, LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Choice, ChoiceGroup, Field, Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { Empty, Notice, PageHead, Section } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { ListedRule, Tried } from '../rules.server'
import { ACTIONS, KINDS } from '../watch.words'

export interface WatchResult extends FormResult {
	/** What would happen to the sentence she tried. */
	tried?: Tried
}

interface WatchPageProps {
	rules: ListedRule[]
	/** How many there are; the page shows the newest. */
	count: number
	result?: WatchResult
}

/** Of several forms on one page only the one that was sent shows what was wrong with it. */
const resultOf = (result: WatchResult | undefined, intent: string) =>
	result?.values?.intent === intent ? result : undefined

/** Where coordinators say which words and patterns are looked for in what is about to be written. */
export function WatchPage({ rules, count, result }: WatchPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('watch:page.title')}
				lead={t('watch:page.lead')}
				back={{ to: '/coordination', label: t('common:nav.coordination') }}
			/>
			<div className="stack">
				<TryForm result={resultOf(result, 'try')} />
				<AddForm result={resultOf(result, 'add')} />
				<Section title={t('watch:page.rules', { count })}>
					{rules.length === 0 ? <Empty title={t('watch:page.none')} /> : null}
					<CardList>
						{rules.map((rule) => (
							<RuleCard key={rule.id} rule={rule} />
						))}
					</CardList>
				</Section>
			</div>
		</>
	)
}

function LanguageOfRule() {
	const { t } = useTranslation()
	const languages = LANGUAGE_TAGS.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))
	return (
		<Select
			name="language"
			label={t('watch:page.language')}
			options={[{ value: '', label: t('watch:page.everyLanguage') }, ...languages]}
		/>
	)
}

function TryForm({ result }: { result?: WatchResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('watch:try.title')}>
			<Form result={result}>
				<input type="hidden" name="intent" value="try" />
				<TextArea name="sentence" label={t('watch:try.sentence')} rows={3} required />
				<LanguageOfRule />
				<Submit kind="quiet" icon="eye">
					{t('watch:try.go')}
				</Submit>
			</Form>
			{result?.tried ? <TriedNotice tried={result.tried} /> : null}
		</Section>
	)
}

function TriedNotice({ tried: { rules, contacts } }: { tried: Tried }) {
	const { t } = useTranslation()
	if (rules.length + contacts.length === 0) return <Notice kind="good">{t('watch:try.nothing')}</Notice>
	return (
		<Notice kind="info">
			<ul>
				{rules.map(({ id, text, action }) => (
					<li key={id}>
						<Bdi>{text}</Bdi> · {t(`watch:action.${action}`)}
					</li>
				))}
				{contacts.map((kind) => (
					<li key={kind}>{t(`watch:ask.${kind}`)}</li>
				))}
			</ul>
		</Notice>
	)
}

function AddForm({ result }: { result?: WatchResult }) {
	const { t } = useTranslation()
	const example = result?.details?.example
	return (
		<Section title={t('watch:add.title')}>
			<Form result={result}>
				<input type="hidden" name="intent" value="add" />
				{typeof example === 'string' && example !== '' ? (
					<p>
						{t('watch:add.example')} <Bdi>{example}</Bdi>
					</p>
				) : null}
				<ChoiceGroup legend={t('watch:add.kind')} name="kind">
					{KINDS.map((kind) => (
						<Choice
							key={kind}
							type="radio"
							name="kind"
							value={kind}
							label={t(`watch:kind.${kind}`)}
							hint={t(`watch:kind.${kind}Hint`)}
							defaultChecked={kind === 'word'}
						/>
					))}
				</ChoiceGroup>
				<Field name="text" label={t('watch:add.text')} dir="auto" autoComplete="off" required />
				<LanguageOfRule />
				<ChoiceGroup legend={t('watch:add.action')} name="action">
					{ACTIONS.map((action) => (
						<Choice
							key={action}
							type="radio"
							name="action"
							value={action}
							label={t(`watch:action.${action}`)}
							hint={t(`watch:action.${action}Hint`)}
						/>
					))}
				</ChoiceGroup>
				<Submit icon="plus">{t('watch:add.go')}</Submit>
			</Form>
		</Section>
	)
}

function RuleCard({ rule }: { rule: ListedRule }) {
	const { t } = useTranslation()
	return (
		<Card as="li">
			<p className="title">
				<Bdi>{rule.text}</Bdi>
			</p>
			<p className="meta">
				<span>{t(`watch:kind.${rule.kind}`)}</span>
				{rule.language ? <LanguageTag tag={rule.language} /> : <span>{t('watch:page.everyLanguage')}</span>}
				<span>{t(`watch:action.${rule.action}`)}</span>
				<Time at={rule.madeAt} />
				{rule.madeBy ? <Bdi>{rule.madeBy}</Bdi> : null}
			</p>
			<form method="post">
				<input type="hidden" name="rule" value={rule.id} />
				<Button kind="plain" icon="x" name="intent" value="end">
					{t('watch:page.end')}
				</Button>
			</form>
		</Card>
	)
}
