import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { Person } from '~/ui/people'
import { LanguageTag, Time } from '~/ui/text'
import { ReasonList } from '../../finding/components/reason-list'
import { LanguageLevels, NeedTags } from '../../offers/components/offer-facts'
import type { ShownPair } from '../rounds-pairs.server'
import { WhyUnmatched } from './round-why'

/** What a coordinator sees of a woman who waits: her name, languages, needs, and since when. */
export function WomanFacts({ pair }: { pair: ShownPair }) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<div className="row between">
				<Person handle={pair.woman} seed={pair.womanId} />
				<span className="meta">
					{pair.waitingSince ? (
						<>
							{t('rounds:waits')} <Time at={pair.waitingSince} />
						</>
					) : (
						t('rounds:waitsNoMore')
					)}
				</span>
			</div>
			<p className="row">
				{pair.womanLanguages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
			</p>
			<NeedTags needs={pair.womanNeeds} />
		</div>
	)
}

/** Whom the round found for her and why, or why nobody. */
export function FoundFor({ pair, zone }: { pair: ShownPair; zone: string }) {
	const { t } = useTranslation()
	if (!pair.mentorId) return <WhyUnmatched why={pair.why} />
	return (
		<div className="stack">
			<div className="row">
				<Person handle={pair.mentor ?? ''} seed={pair.mentorId} badge="mentor" />
				{pair.byHand ? (
					<span className="badge">
						<Icon name="hand" />
						<span>{t('rounds:byHand')}</span>
					</span>
				) : null}
			</div>
			{pair.mentorLanguages ? <LanguageLevels languages={pair.mentorLanguages} /> : null}
			<ReasonList reasons={pair.reasons} zone={zone} to="coordinator" />
			{pair.rule ? <p className="muted">{t('rounds:lower')}</p> : null}
			{pair.leftOut ? <p>{t(`rounds:rule.${pair.leftOut}`)}</p> : null}
		</div>
	)
}

/** One woman of a round, with the way to give her another mentor. */
export function PairCard({ pair, zone, to }: { pair: ShownPair; zone: string; to: string }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="pair" id={`w-${pair.womanId}`} tone={pair.leftOut ? 'care' : 'plain'}>
			<div className="stack">
				<div className="grid-2">
					<WomanFacts pair={pair} />
					<FoundFor pair={pair} zone={zone} />
				</div>
				<a className="quiet-link" href={`${to}#woman`}>
					<Icon name="circle-help" />
					<span>{t('rounds:open')}</span>
				</a>
			</div>
		</Card>
	)
}
