import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Card, CardList } from '~/ui/card'
import { PageHead, Pill, Pills, Section } from '~/ui/page'
import type { WordingSeen } from '../seeing.server'
import { WORDING_STATES, type WordingState } from '../worded'
import { StateMark } from './state-mark'
import { ThingTitle } from './thing-title'

const HERE = '/coordination/wording'

/** All that the community says in its own words, and how far it is in each language: what lacks where. */
export function WordingPage({ state, languages, kinds }: WordingSeen) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('coordination:parts.wording')}
				lead={t('coordination:parts.wordingText')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			<CardList label={t('coordination:people.languages')}>
				{languages.map((language) => (
					<LanguageCard key={language.tag} {...language} />
				))}
			</CardList>
			<div className="wording-all">
				<Section title={t('wording:all')}>
					<div className="stack">
						<StatePills to={HERE} state={state} />
						<WordingTable kinds={kinds} tags={languages.map(({ tag }) => tag)} />
					</div>
				</Section>
			</div>
		</>
	)
}

/** A state to look at only, or what there is to do. */
export function StatePills({
	to,
	state,
	counts,
}: {
	to: string
	state: WordingState | null
	counts?: Record<WordingState, number>
}) {
	const { t } = useTranslation()
	return (
		<Pills label={t('wording:filter')}>
			<Pill to={to} current={state === null}>
				{t('wording:toDo')}
			</Pill>
			{WORDING_STATES.map((one) => (
				<Pill key={one} to={`${to}?state=${one}`} current={state === one}>
					<StateMark state={one} /> {counts ? <bdi>{counts[one]}</bdi> : null}
				</Pill>
			))}
		</Pills>
	)
}

function LanguageCard({ tag, counts }: WordingSeen['languages'][number]) {
	return (
		<Card as="li" item="wording-language" tone={counts.missing + counts.outdated > 0 ? 'plain' : 'quiet'}>
			<div className="row between">
				<a className="row-link" href={`${HERE}/${tag}`}>
					<bdi lang={tag}>{endonym(tag)}</bdi>
				</a>
				<p className="row">
					{WORDING_STATES.filter((state) => counts[state] > 0).map((state) => (
						<span key={state}>
							<StateMark state={state} /> <bdi>{counts[state]}</bdi>
						</span>
					))}
				</p>
			</div>
		</Card>
	)
}

function WordingTable({ kinds, tags }: { kinds: WordingSeen['kinds']; tags: string[] }) {
	const { t } = useTranslation()
	const shown = kinds.filter(({ things }) => things.length > 0)
	if (shown.length === 0) return <p className="muted">{t('wording:none')}</p>
	return (
		<table className="wording-table">
			<thead>
				<tr>
					<td />
					{tags.map((tag) => (
						<th key={tag} scope="col">
							<a href={`${HERE}/${tag}`} lang={tag}>
								{endonym(tag)}
							</a>
						</th>
					))}
				</tr>
			</thead>
			{shown.map(({ kind, title, things }) => (
				<tbody key={kind}>
					<tr>
						<th scope="rowgroup" colSpan={tags.length + 1}>
							{t(title)}
						</th>
					</tr>
					{things.map((thing) => (
						<tr key={thing.id}>
							<th scope="row">
								<ThingTitle title={thing.title} />
							</th>
							{thing.states.map((one, at) => (
								<td key={tags[at]}>{one ? <StateMark state={one} shapeOnly /> : null}</td>
							))}
						</tr>
					))}
				</tbody>
			))}
		</table>
	)
}
