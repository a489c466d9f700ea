import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Columns, Empty, PageHead, Section } from '~/ui/page'
import { Bdi } from '~/ui/text'
import { LineSection } from '../finding/components/line-section'
import type { Level } from '../mentoring.limits'
import type { OfferStatus } from '../mentoring.policy'
import type { Need } from '../needs'
import { LanguageLevels, NeedTags } from '../offers/components/offer-facts'
import { type MatchRow, MatchRows } from '../together/components/match-rows'

interface InterpretedPair {
	id: string
	mentee: string
	mentor: string
	/** She has said yes. */
	seated: boolean
}

interface OverviewProps {
	toAnswer: MatchRow[]
	running: MatchRow[]
	/** Whom she asks, and whom after her. */
	line: MatchRow[]
	/** The pairs she interprets for or is asked to. */
	interpreting: InterpretedPair[]
	requests: MatchRow[]
	past: MatchRow[]
	wishes: { needs: Need[]; waiting: boolean; inRounds: boolean } | null
	offer: { status: OfferStatus; needs: Need[]; languages: Record<string, Level> } | null
	/** The zone her times are shown in. */
	zone: string
}

/** Where she stands: what waits for her answer first, then what goes on, her line, her wishes and her offer. */
export function OverviewPage({
	toAnswer,
	running,
	line,
	interpreting,
	requests,
	past,
	wishes,
	offer,
	zone,
}: OverviewProps) {
	const { t } = useTranslation()
	const nothing = [toAnswer, running, line, interpreting, requests, past].every((rows) => rows.length === 0)
	return (
		<Columns aside={<HowItGoes />}>
			<PageHead
				title={t('mentoring:overview.title')}
				lead={t('mentoring:overview.lead')}
				actions={<WaysOn wished={wishes !== null} offered={offer !== null} />}
			/>
			<MatchRows title={t('mentoring:overview.toAnswer')} rows={toAnswer} zone={zone} />
			<MatchRows title={t('mentoring:overview.running')} rows={running} zone={zone} />
			<Interpreting pairs={interpreting} />
			<LineSection line={line} zone={zone} />
			{wishes ? <WishesCard wishes={wishes} /> : null}
			<MatchRows title={t('mentoring:overview.requests')} rows={requests} zone={zone} />
			{nothing && offer === null && wishes === null ? (
				<Empty title={t('mentoring:overview.none')}>{t('mentoring:overview.noneText')}</Empty>
			) : null}
			{offer ? <OwnOfferCard offer={offer} /> : null}
			<MatchRows title={t('mentoring:overview.past')} rows={past} zone={zone} />
		</Columns>
	)
}

function WaysOn({ wished, offered }: { wished: boolean; offered: boolean }) {
	const { t } = useTranslation()
	return (
		<>
			{/* Who is a mentor herself is here for what waits for her. */}
			<ButtonLink to="/mentoring/mentors" kind={offered ? 'quiet' : 'primary'} icon="search">
				{t('mentoring:overview.find')}
			</ButtonLink>
			{wished ? null : (
				<ButtonLink to="/mentoring/ask" kind="quiet" icon="hand">
					{t('mentoring:overview.wish')}
				</ButtonLink>
			)}
			{offered ? null : (
				<ButtonLink to="/mentoring/offer" kind="quiet" icon="sprout">
					{t('mentoring:overview.offer')}
				</ButtonLink>
			)}
		</>
	)
}

/** For whom she interprets, or is asked to: the way to the page of the two as she sees it. */
function Interpreting({ pairs }: { pairs: InterpretedPair[] }) {
	const { t } = useTranslation()
	if (pairs.length === 0) return null
	return (
		<Section title={t('mentoring:overview.interpreting')}>
			<CardList>
				{pairs.map(({ id, mentee, mentor, seated }) => (
					<Card as="li" key={id} item="interpreting" tone={seated ? 'plain' : 'new'}>
						<a className="row-link" href={`/mentoring/${id}`}>
							<Bdi>{mentee}</Bdi> · <Bdi>{mentor}</Bdi>
						</a>
						<p className="meta">
							{t(seated ? 'mentoring:overview.interpretSeated' : 'mentoring:overview.interpretAsked')}
						</p>
					</Card>
				))}
			</CardList>
		</Section>
	)
}

function waitingKey({ waiting, inRounds }: NonNullable<OverviewProps['wishes']>) {
	if (!waiting) return 'mentoring:wishes.notWaiting'
	return inRounds ? 'mentoring:wishes.waitingInRounds' : 'mentoring:wishes.waiting'
}

function WishesCard({ wishes }: { wishes: NonNullable<OverviewProps['wishes']> }) {
	const { t } = useTranslation()
	return (
		<Section title={t('mentoring:overview.yourWishes')}>
			<Card>
				<div className="stack">
					<p>{t(waitingKey(wishes))}</p>
					{wishes.needs.length > 0 ? <NeedTags needs={wishes.needs} /> : null}
					<div className="row">
						<ButtonLink to="/mentoring/ask" kind="quiet" icon="pencil">
							{t('mentoring:overview.changeWishes')}
						</ButtonLink>
					</div>
				</div>
			</Card>
		</Section>
	)
}

function OwnOfferCard({ offer }: { offer: NonNullable<OverviewProps['offer']> }) {
	const { t } = useTranslation()
	return (
		<Section title={t('mentoring:overview.yourOffer')}>
			<Card>
				<div className="stack">
					<p>
						<strong>{t(`mentoring:offerState.${offer.status}`)}</strong>
					</p>
					<p>{t(`mentoring:offerText.${offer.status}`)}</p>
					<LanguageLevels languages={offer.languages} />
					<NeedTags needs={offer.needs} />
					<div className="row">
						<ButtonLink to="/mentoring/offer" kind="quiet" icon="pencil">
							{t('mentoring:overview.change')}
						</ButtonLink>
					</div>
				</div>
			</Card>
		</Section>
	)
}

const STEPS = ['ask', 'answer', 'write', 'leave'] as const

function HowItGoes() {
	const { t } = useTranslation()
	return (
		<Section title={t('mentoring:how.title')}>
			<ol className="steps">
				{STEPS.map((step) => (
					<li key={step}>{t(`mentoring:how.${step}`)}</li>
				))}
			</ol>
		</Section>
	)
}
