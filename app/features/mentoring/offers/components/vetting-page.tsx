import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { Button, type ButtonKind } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Select, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure, Empty, Notice, PageHead, Pill, Pills } from '~/ui/page'
import { Person } from '~/ui/people'
import { Bdi, Time } from '~/ui/text'
import type { Level } from '../../mentoring.limits'
import { OFFER_STATES, type OfferStatus } from '../../mentoring.policy'
import type { Need } from '../../needs'
import { type Decision, type OfferFacts, saysYes } from '../vetting.policy'
import { HelpsWith, HowTags, LanguageLevels, Words } from './offer-facts'

interface OfferRow extends OfferFacts {
	memberId: string
	handle: string
	languages: Record<string, Level>
	needs: Need[]
	how: string[]
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
	capacity: number
	offeredAt: Date
	trainingUntil: Date | null
	/** Who speaks for her, as coordinators noted it. */
	reference: string
	/** The organisation that looks after her. */
	organisation: string | null
	organisationId: string | null
	validUntil: Date | null
	expired: boolean
	decisions: Decision[]
}

interface Organisation {
	id: string
	name: string
}

interface VettingPageProps {
	status: OfferStatus
	offers: OfferRow[]
	/** Those she can vet in the name of; none where there is nothing to choose. */
	organisations: Organisation[]
	next: string | null
	first: boolean
	result?: FormResult
}

const pathOf = (status: OfferStatus) => `/coordination/mentors?status=${status}`

/** The offers to mentor, for coordinators: one state at a time, the oldest first. */
export function VettingPage({ status, offers, organisations, next, first, result }: VettingPageProps) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<PageHead
				title={t('mentoring:vetting.title')}
				lead={t('mentoring:vetting.lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			<Pills label={t('mentoring:vetting.states')}>
				{OFFER_STATES.map((state) => (
					<Pill key={state} to={pathOf(state)} current={state === status}>
						{t(`mentoring:offerState.${state}`)}
					</Pill>
				))}
			</Pills>
			{offers.length === 0 ? <Empty title={t('mentoring:vetting.none')} /> : null}
			<CardList>
				{offers.map((offer) => (
					<OfferCard
						key={offer.memberId}
						offer={offer}
						organisations={organisations}
						result={result?.values?.member === offer.memberId ? result : undefined}
					/>
				))}
			</CardList>
			<Pages status={status} next={next} first={first} />
		</div>
	)
}

interface OfferProps {
	offer: OfferRow
	organisations: Organisation[]
	result?: FormResult
}

function OfferCard({ offer, organisations, result }: OfferProps) {
	const { t } = useTranslation()
	const { capacity } = offer
	return (
		<Card as="li" item="offer">
			<div className="stack">
				<div className="row between">
					<Person handle={offer.handle} seed={offer.memberId} />
					<span className="meta">
						<Time at={offer.offeredAt} />
					</span>
				</div>
				<LanguageLevels languages={offer.languages} />
				<HelpsWith needs={offer.needs} />
				<HowTags how={offer.how} />
				{offer.words ? <Words text={offer.words} lang={offer.wordsLang} dir={offer.wordsDir} /> : null}
				<p className="muted">
					{capacity === 0
						? t('mentoring:vetting.capacityNone')
						: t('mentoring:vetting.capacity', { count: capacity })}
				</p>
				<Readiness offer={offer} />
				{offer.status === 'waiting' || offer.decisions.length === 0 ? (
					<Decisions offer={offer} organisations={organisations} result={result} />
				) : (
					<Disclosure
						icon="pencil"
						summary={t('mentoring:vetting.change')}
						open={result !== undefined && !result.ok}
					>
						<Decisions offer={offer} organisations={organisations} result={result} />
					</Disclosure>
				)}
			</div>
		</Card>
	)
}

/** What has to be there before she can be approved, and until when it holds. */
function Readiness({ offer }: { offer: OfferRow }) {
	const { t, i18n } = useTranslation()
	const day = (date: Date) => formatDate(i18n.language, date)
	const { trained, trainingUntil, agreed, validUntil, expired, organisation, pausedBy, status } = offer
	return (
		<ul className="points">
			<Point good={trained}>
				{trained && trainingUntil
					? t('mentoring:vetting.trained', { date: day(trainingUntil) })
					: t('mentoring:vetting.untrained')}
			</Point>
			<Point good={agreed}>{t(agreed ? 'mentoring:vetting.agreed' : 'mentoring:vetting.notAgreed')}</Point>
			{validUntil && status === 'vetted' ? (
				<Point good={!expired}>
					{t(expired ? 'mentoring:vetting.expired' : 'mentoring:vetting.validUntil', {
						date: day(validUntil),
					})}
				</Point>
			) : null}
			{status === 'paused' && pausedBy ? <Point>{t(`mentoring:vetting.pausedBy.${pausedBy}`)}</Point> : null}
			{organisation ? (
				<Point>
					{t('mentoring:vetting.organisation')} <Bdi>{organisation}</Bdi>
				</Point>
			) : null}
		</ul>
	)
}

function Point({ good, children }: { good?: boolean; children: ReactNode }) {
	return (
		<li>
			<Icon name={good === undefined ? 'info' : good ? 'circle-check' : 'triangle-alert'} />
			<span>{children}</span>
		</li>
	)
}

const LOOK: Record<Decision, { kind: ButtonKind; icon: IconName }> = {
	approve: { kind: 'primary', icon: 'check' },
	renew: { kind: 'primary', icon: 'history' },
	pause: { kind: 'quiet', icon: 'pause' },
	decline: { kind: 'quiet', icon: 'x' },
}

/** Why it cannot be decided so: what the mentor has to do first, or that someone was quicker. */
function refusalKey({ details }: FormResult) {
	const reason = details?.reason
	return reason === 'untrained' || reason === 'noCode'
		? `mentoring:vetting.refused.${reason}`
		: 'mentoring:vetting.changed'
}

const decisionKey = (decision: Decision, { status }: OfferRow) =>
	decision === 'decline' && status === 'vetted'
		? 'mentoring:decision.revoke'
		: `mentoring:decision.${decision}`

function Decisions({ offer, organisations, result }: OfferProps) {
	const { t } = useTranslation()
	if (offer.decisions.length === 0) return <p className="muted">{t('mentoring:decision.own')}</p>
	const conflict = result?.code === 'conflict'
	return (
		<>
			{conflict ? <Notice kind="care" title={t(refusalKey(result))} /> : null}
			<Form result={conflict ? { ...result, ok: true } : result} id={`offer-${offer.memberId}`}>
				<input type="hidden" name="member" value={offer.memberId} />
				{offer.decisions.some(saysYes) ? (
					<>
						<TextArea
							name="reference"
							label={t('mentoring:vetting.reference')}
							hint={t('mentoring:vetting.referenceHint')}
							rows={2}
							defaultValue={offer.reference}
						/>
						<BehindHer organisations={organisations} now={offer.organisationId} />
					</>
				) : null}
				<div className="row">
					{offer.decisions.map((decision) => (
						<Button key={decision} name="intent" value={decision} {...LOOK[decision]}>
							{t(decisionKey(decision, offer))}
						</Button>
					))}
				</div>
			</Form>
		</>
	)
}

/** The organisation in whose name she says yes; nothing where it goes without saying. */
function BehindHer({ organisations, now }: { organisations: Organisation[]; now: string | null }) {
	const { t } = useTranslation()
	if (organisations.length === 0) return null
	return (
		<Select
			name="organisation"
			label={t('mentoring:vetting.behindHer')}
			hint={t('mentoring:vetting.behindHerHint')}
			options={[
				{ value: '', label: t('mentoring:vetting.chooseOrganisation') },
				...organisations.map(({ id, name }) => ({ value: id, label: name })),
			]}
			defaultValue={now ?? ''}
		/>
	)
}

function Pages({ status, next, first }: Pick<VettingPageProps, 'status' | 'next' | 'first'>) {
	const { t } = useTranslation()
	if (first && next === null) return null
	return (
		<nav className="pager" aria-label={t('mentoring:vetting.pages')}>
			{first ? null : (
				<a className="btn quiet" href={pathOf(status)}>
					<Icon name="chevron-left" />
					<span>{t('mentoring:vetting.first')}</span>
				</a>
			)}
			{next === null ? null : (
				<a className="btn quiet older" href={`${pathOf(status)}&after=${next}`} rel="next">
					<span>{t('mentoring:vetting.next')}</span>
					<Icon name="chevron-right" />
				</a>
			)}
		</nav>
	)
}
