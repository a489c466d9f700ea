import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { Person } from '~/ui/people'
import { Bdi, LanguageTag, Time } from '~/ui/text'
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

/** Who was found for whom, in a line; of a pair to look at also why. */
function PairLine({ pair }: { pair: ShownPair }) {
	const { t } = useTranslation()
	const gone = pair.why?.kind === 'left' ? t('mentoring:formerMember') : null
	return (
		<>
			<Bdi>{pair.woman}</Bdi>
			{pair.mentor || gone ? (
				<>
					{' · '}
					<Bdi>{pair.mentor ?? gone}</Bdi>
				</>
			) : null}
			{pair.look ? <span className="muted">{t(LOOK_KEY[pair.look])}</span> : null}
		</>
	)
}

const LOOK_KEY = {
	waitsNoMore: 'rounds:waitsNoMore',
	lower: 'rounds:lower',
	need: 'rounds:look.need',
} as const

/** What can be done about one woman; where it is about the coordinator herself, others do it. */
function Change({ own, to }: { own: boolean; to: string }) {
	const { t } = useTranslation()
	if (own) return <p className="muted">{t('rounds:own')}</p>
	return (
		<a className="quiet-link" href={`${to}#woman`}>
			<Icon name="circle-help" />
			<span>{t('rounds:open')}</span>
		</a>
	)
}

/** Women of a round, a line each that opens: dozens of them are looked through on a phone. */
export function PairRows({ pairs, zone, path }: { pairs: ShownPair[]; zone: string; path: string }) {
	if (pairs.length === 0) return null
	return (
		<ul className="card fold-list">
			{pairs.map((pair) => (
				<li key={pair.womanId} data-item="pair" id={`w-${pair.womanId}`}>
					<Disclosure icon={pair.mentorId ? 'handshake' : 'user-round'} summary={<PairLine pair={pair} />}>
						<div className="stack">
							<div className="grid-2">
								<WomanFacts pair={pair} />
								<FoundFor pair={pair} zone={zone} />
							</div>
							<Change own={pair.own} to={`${path}&woman=${pair.womanId}`} />
						</div>
					</Disclosure>
				</li>
			))}
		</ul>
	)
}
