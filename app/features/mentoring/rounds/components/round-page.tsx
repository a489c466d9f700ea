import { useTranslation } from 'react-i18next'
import { formatNumber } from '~/platform/i18n/format'
import { formatLanguage } from '~/platform/i18n/format-names'
import { Button } from '~/ui/button'
import { Card } from '~/ui/card'
import { Form, type FormResult, Select, Submit } from '~/ui/form'
import { Disclosure, Empty, Notice, PageHead, Pill, Pills, Section } from '~/ui/page'
import { Time } from '~/ui/text'
import { languageOptions } from '../../components/form-parts'
import { PagesOn } from '../../components/pages-on'
import { KEPT, ROUND_PARTS, type RoundPart } from '../rounds.policy'
import type { WhyNotAnswer } from '../rounds-answers.server'
import type { ShownPair } from '../rounds-pairs.server'
import { PairRows } from './round-pair'
import { RoundWoman, type WomanShown } from './round-woman'

interface OneMoreAnswer {
	language: string
	matched: number
	better: number
	same: boolean
}

interface RoundPageProps {
	round: {
		id: string
		status: 'draft' | 'published' | 'dropped'
		drawnAt: Date
		seed: string
	}
	part: RoundPart
	counts: Record<RoundPart, number>
	/** How many pairs of a draft are to be looked at. */
	look: number
	pairs: ShownPair[]
	next: string | null
	first: boolean
	zone: string
	woman: WomanShown | null
	why: WhyNotAnswer | null
	oneMore: OneMoreAnswer | null
	languages: string[]
	result?: FormResult
}

const LIST = '/coordination/rounds'

/** A round: whom it found for whom and why, who stays without, and what can be done with it. */
export function RoundPage({ woman, why, result, ...shown }: RoundPageProps) {
	const { t } = useTranslation()
	const { round, part, counts, pairs, zone } = shown
	const path = `${LIST}/${round.id}`
	const draft = round.status === 'draft'
	return (
		<div className="stack">
			<PageHead
				title={t('rounds:round.title')}
				lead={
					<>
						{t(`rounds:status.${round.status}`)} · <Time at={round.drawnAt} />
					</>
				}
				back={{ to: LIST, label: t('rounds:list.title') }}
			/>
			<Gone result={result} />
			{draft ? <Decide count={counts.pairs} /> : null}
			{woman ? <RoundWoman {...woman} draft={draft} zone={zone} why={why} result={result} /> : null}
			<Parts path={path} part={part} counts={counts} published={round.status === 'published'} />
			{pairs.length === 0 ? <Empty title={t(`rounds:none.${part}`)} /> : null}
			<Pairs path={`${path}?part=${part}`} pairs={pairs} zone={zone} look={shown.look} all={counts[part]} />
			<PagesOn path={`${path}?part=${part}`} next={shown.next} first={shown.first} />
			<OneMoreForm path={path} languages={shown.languages} answer={shown.oneMore} />
			<Disclosure summary={t('rounds:drawn.title')} icon="shuffle">
				<p>{t('rounds:drawn.text')}</p>
				<dl className="facts">
					<dt>{t('rounds:drawn.seed')}</dt>
					<dd>
						<code>{round.seed}</code>
					</dd>
				</dl>
			</Disclosure>
		</div>
	)
}

/** Somebody was faster. */
function Gone({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	const { reason } = result?.details ?? {}
	if (reason !== 'published' && reason !== 'dropped') return null
	return <Notice kind="care" title={t(`rounds:gone.${reason}`)} />
}

function Decide({ count }: { count: number }) {
	const { t } = useTranslation()
	return (
		<Card tone="quiet">
			<div className="stack">
				<p>{t('rounds:round.draftText')}</p>
				{count > 0 ? (
					<Form>
						<h2>{t('rounds:publish.title')}</h2>
						<p>{t('rounds:publish.text')}</p>
						<Button name="intent" value="publish" icon="send">
							{t('rounds:publish.go')}
						</Button>
					</Form>
				) : null}
				<Disclosure summary={t('rounds:drop.title')} icon="x">
					<Form>
						<p>{t('rounds:drop.text')}</p>
						<Button name="intent" value="drop" kind="quiet" icon="x">
							{t('rounds:drop.go')}
						</Button>
					</Form>
				</Disclosure>
				<p className="muted">{t('rounds:round.kept', { days: KEPT.draftDays })}</p>
			</div>
		</Card>
	)
}

interface PairsProps {
	path: string
	pairs: ShownPair[]
	zone: string
	look: number
	all: number
}

/** The women of a part, one line each; of a draft those first with whom something may not be well. */
function Pairs({ path, pairs, zone, look, all }: PairsProps) {
	const { t, i18n } = useTranslation()
	const rows = (shown: ShownPair[]) => <PairRows pairs={shown} zone={zone} path={path} />
	if (look === 0 || pairs.every(({ mentorId }) => mentorId === null)) return rows(pairs)
	const groups = [
		{ title: t('rounds:look.title'), count: look, shown: pairs.filter((pair) => pair.look) },
		{ title: t('rounds:look.rest'), count: all - look, shown: pairs.filter((pair) => !pair.look) },
	]
	return groups
		.filter(({ shown }) => shown.length > 0)
		.map(({ title, count, shown }) => (
			<Section key={title} title={`${title}: ${formatNumber(i18n.language, count)}`}>
				{rows(shown)}
			</Section>
		))
}

interface PartsProps {
	path: string
	part: RoundPart
	counts: Record<RoundPart, number>
	published: boolean
}

function Parts({ path, part, counts, published }: PartsProps) {
	const { t, i18n } = useTranslation()
	const shown = ROUND_PARTS.filter((known) => known !== 'leftOut' || published)
	return (
		<Pills label={t('rounds:part.label')}>
			{shown.map((known) => (
				<Pill key={known} to={`${path}?part=${known}`} current={known === part}>
					{t('common:pair', {
						name: t(`rounds:part.${known}`),
						value: formatNumber(i18n.language, counts[known]),
					})}
				</Pill>
			))}
		</Pills>
	)
}

interface OneMoreProps {
	path: string
	languages: string[]
	answer: OneMoreAnswer | null
}

/** What one more mentor would change, asked by language. */
function OneMoreForm({ path, languages, answer }: OneMoreProps) {
	const { t, i18n } = useTranslation()
	if (languages.length === 0) return null
	return (
		<section className="section" id="more">
			<h2>{t('rounds:more.title')}</h2>
			{answer ? (
				<Notice
					kind="info"
					title={t('rounds:more.answer', { language: formatLanguage(i18n.language, answer.language) })}
				>
					<p>
						{t('common:pair', {
							name: t('rounds:more.matched'),
							value: formatNumber(i18n.language, answer.matched),
						})}
					</p>
					<p>
						{t('common:pair', {
							name: t('rounds:more.better'),
							value: formatNumber(i18n.language, answer.better),
						})}
					</p>
					{answer.same ? null : <p className="muted">{t('rounds:changed')}</p>}
				</Notice>
			) : null}
			<Form method="get" action={`${path}#more`}>
				<Select
					name="language"
					label={t('rounds:more.language')}
					options={languageOptions(languages)}
					defaultValue={answer?.language}
				/>
				<Submit kind="quiet" icon="search">
					{t('rounds:more.go')}
				</Submit>
			</Form>
		</section>
	)
}
