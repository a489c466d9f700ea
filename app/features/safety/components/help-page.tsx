import { useTranslation } from 'react-i18next'
import { compareWords, formatCountry } from '~/platform/i18n/format-names'
import { Card, CardList } from '~/ui/card'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { britishNumber, euNumber } from '../emergency-numbers'
import { LEAVING_CANNOT, LEAVING_DOES, YOU_CAN } from '../facts'
import type { CountryHelp, Emergency, Source } from '../helpline'
import { helpFor } from '../helplines'
import { FactList } from './fact-list'
import { CallButton, Checked, HelplineCard } from './helpline-card'

interface HelpPageProps {
	hostCountry: string | null
	/** Tags of the languages she reads or speaks; the language of the page for a visitor. */
	hers: readonly string[]
	/** She is signed in and has not said where she lives. */
	askCountry: boolean
	/** She can report somebody here. */
	mayReport: boolean
	now: Date
}

/** Where to call, hers first; then how to stay safe here. */
export function HelpPage({ hostCountry, hers, askCountry, mayReport, now }: HelpPageProps) {
	const { t, i18n } = useTranslation()
	const { own, others } = helpFor(hostCountry, i18n.language)
	const compare = compareWords(i18n.language)
	const named = others
		.map((help) => ({ help, name: formatCountry(i18n.language, help.country) }))
		.sort((a, b) => compare(a.name, b.name))
	return (
		<>
			<PageHead title={<Recorded text="safety:help.title" />} lead={<Recorded text="safety:help.lead" />} />
			<div className="stack">
				{/* Before the first number, on purpose: what she cannot take back she must know first. */}
				<Notice kind="info">
					<p>
						<Recorded text="safety:help.callsKept" />
					</p>
				</Notice>
				<InDanger own={own} now={now} />
			</div>
			{own ? (
				<Section title={formatCountry(i18n.language, own.country)} id="lines">
					<Lines help={own} hers={hers} now={now} />
				</Section>
			) : null}
			<Section title={t(own ? 'safety:help.others' : 'safety:help.countries')}>
				{askCountry ? (
					<p>
						<a href="/me/profile">{t('safety:help.sayCountry')}</a>
					</p>
				) : null}
				<div className="folds">
					{named.map(({ help, name }) => (
						<Disclosure key={help.country} summary={name}>
							<InDanger own={help} now={now} />
							<Lines help={help} hers={hers} now={now} />
						</Disclosure>
					))}
				</div>
			</Section>
			<Sources all={own ? [own, ...others] : others} />
			{mayReport ? (
				<p>
					<a href="/report/person">{t('reports:person.link')}</a>
				</p>
			) : null}
			<StaySafe />
		</>
	)
}

function Lines({ help, hers, now }: { help: CountryHelp; hers: readonly string[]; now: Date }) {
	return (
		<CardList>
			{help.lines.map((line) => (
				<HelplineCard key={line.id} line={line} hers={hers} now={now} />
			))}
		</CardList>
	)
}

/** The number for danger: her country's, or both when we cannot know where she is. */
function InDanger({ own, now }: { own: CountryHelp | undefined; now: Date }) {
	const { t } = useTranslation()
	return (
		<Card tone="care">
			<div className="stack">
				<div>
					<p className="notice-title">
						<Recorded text="safety:help.danger" />
					</p>
					<p>
						<Recorded text="safety:help.dangerText" />
					</p>
				</div>
				{own ? (
					<OneNumber emergency={own.emergency} now={now} />
				) : (
					<div className="grid-2">
						<OneNumber emergency={euNumber} where={t('safety:help.inEurope')} now={now} />
						<OneNumber emergency={britishNumber} where={t('safety:help.inBritain')} now={now} />
					</div>
				)}
			</div>
		</Card>
	)
}

function OneNumber({ emergency, where, now }: { emergency: Emergency; where?: string; now: Date }) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<div>
				{where ? <p>{where}</p> : null}
				<CallButton number={emergency.number} dial={emergency.dial} />
			</div>
			{emergency.advice ? <p>{t(`safety:emergency.${emergency.advice}`)}</p> : null}
			<Checked line={emergency} now={now} />
		</div>
	)
}

/** Every source once. The links are folded away: one that is opened stays in her browser's list of pages. */
function Sources({ all }: { all: readonly CountryHelp[] }) {
	const { t } = useTranslation()
	const sources = new Map<string, Source>()
	for (const { emergency, lines } of all) {
		for (const source of [emergency, ...lines].flatMap((line) => line.sources))
			sources.set(source.url, source)
	}
	return (
		<Disclosure summary={t('safety:help.sources')}>
			<p>{t('safety:help.sourcesText')}</p>
			<ul className="sources">
				{[...sources.values()].map(({ name, url }) => (
					<li key={url}>
						<a href={url} rel="noreferrer noopener nofollow" dir="ltr">
							{name}
						</a>
					</li>
				))}
			</ul>
		</Disclosure>
	)
}

function StaySafe() {
	const { t } = useTranslation()
	return (
		<Section title={t('safety:safe.title')} id="safe">
			<p className="lead">
				<Recorded text="safety:safe.lead" />
			</p>
			<h3>{t('safety:safe.does')}</h3>
			<FactList facts={LEAVING_DOES} />
			<h3>{t('safety:safe.cannot')}</h3>
			<FactList facts={LEAVING_CANNOT} />
			<Notice kind="care">
				<p>
					<Recorded text="safety:facts.watchedCare" />
				</p>
			</Notice>
			<h3>{t('safety:safe.youCan')}</h3>
			<FactList facts={YOU_CAN} />
			<p>
				<a href="/privacy">{t('safety:safe.privacy')}</a>
			</p>
		</Section>
	)
}
