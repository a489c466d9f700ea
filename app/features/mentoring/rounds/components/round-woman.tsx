import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, type FormResult } from '~/ui/form'
import { Notice, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { ReasonList } from '../../finding/components/reason-list'
import type { ListReason } from '../../finding/mentor-order'
import type { WhyNotAnswer } from '../rounds-answers.server'
import type { ShownPair } from '../rounds-pairs.server'
import { FoundFor, WomanFacts } from './round-pair'
import { WhyNotNotice } from './round-why'

interface SuggestedMentor {
	mentorId: string
	handle: string
	reasons: ListReason[]
	/** She suits the woman less than the one she has. */
	lower: boolean
}

export interface WomanShown {
	pair: ShownPair
	suggested: SuggestedMentor[]
}

interface RoundWomanProps extends WomanShown {
	draft: boolean
	zone: string
	why: WhyNotAnswer | null
	result?: FormResult
}

/** One woman of the round: whom she has, why not another, and another by hand. */
export function RoundWoman({ pair, suggested, draft, zone, why, result }: RoundWomanProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('rounds:woman.title')} id="woman">
			<div className="stack">
				<Refusal result={result} />
				{why ? <WhyNotNotice answer={why} /> : null}
				<Card tone="new">
					<div className="stack">
						<WomanFacts pair={pair} />
						<FoundFor pair={pair} zone={zone} />
						{draft && pair.mentorId && !pair.own ? (
							<Form>
								<input type="hidden" name="woman" value={pair.womanId} />
								<Button name="intent" value="move" kind="quiet" icon="x">
									{t('rounds:woman.none')}
								</Button>
							</Form>
						) : null}
					</div>
				</Card>
				{pair.own ? (
					<p className="muted">{t('rounds:own')}</p>
				) : (
					<Another pair={pair} draft={draft} result={result} />
				)}
				{draft && !pair.own ? <Suggested pair={pair} suggested={suggested} zone={zone} /> : null}
			</div>
		</Section>
	)
}

const STATES = ['draft', 'published', 'dropped', 'nobody']

/** The rule that a change by hand would have broken; nothing was changed. */
function Refusal({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	const reason = String(result?.details?.reason ?? '')
	if (result?.code !== 'conflict' || STATES.includes(reason)) return null
	return (
		<Notice kind="care" title={t('rounds:woman.refused')}>
			<p>{t(reason === 'unknown' ? 'rounds:whyNot.unknown' : `rounds:rule.${reason}`)}</p>
		</Notice>
	)
}

function Another({ pair, draft, result }: { pair: ShownPair; draft: boolean; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Form result={result?.code === 'invalid' ? result : undefined} id={`another-${pair.womanId}`}>
			<input type="hidden" name="woman" value={pair.womanId} />
			<Field name="handle" label={t('rounds:woman.another')} autoComplete="off" dir="auto" />
			<div className="row">
				<Button name="intent" value="why" kind="quiet" icon="circle-help">
					{t('rounds:woman.why')}
				</Button>
				{draft ? (
					<Button name="intent" value="move" icon="check">
						{t('rounds:woman.give')}
					</Button>
				) : null}
			</div>
		</Form>
	)
}

function Suggested({ pair, suggested, zone }: Pick<RoundWomanProps, 'pair' | 'suggested' | 'zone'>) {
	const { t } = useTranslation()
	return (
		<>
			<h3>{t('rounds:woman.suggested')}</h3>
			{suggested.length === 0 ? <p className="muted">{t('rounds:woman.nobodyElse')}</p> : null}
			<CardList>
				{suggested.map((mentor) => (
					<Card as="li" key={mentor.mentorId} item="suggested">
						<div className="stack">
							<Person handle={mentor.handle} seed={mentor.mentorId} badge="mentor" />
							<ReasonList reasons={mentor.reasons} zone={zone} to="coordinator" />
							{mentor.lower ? <p className="muted">{t('rounds:lower')}</p> : null}
							<Form>
								<input type="hidden" name="woman" value={pair.womanId} />
								<input type="hidden" name="mentor" value={mentor.mentorId} />
								<Button name="intent" value="move" kind="quiet" icon="check">
									{t('rounds:woman.give')}
								</Button>
							</Form>
						</div>
					</Card>
				))}
			</CardList>
		</>
	)
}
