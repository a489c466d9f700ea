import { useTranslation } from 'react-i18next'
import type { Need } from '~/features/members/needs'
import { Button, type ButtonKind } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Empty, Notice, PageHead, Pill, Pills } from '~/ui/page'
import { Person } from '~/ui/people'
import { Time } from '~/ui/text'
import type { Level } from '../mentoring.limits'
import { type Decision, OFFER_STATES, type OfferStatus } from '../mentoring.policy'
import { LanguageLevels, NeedTags, Words } from './offer-facts'

interface OfferRow {
	memberId: string
	handle: string
	status: OfferStatus
	languages: Record<string, Level>
	needs: Need[]
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
	capacity: number
	offeredAt: Date
	decisions: Decision[]
}

interface VettingPageProps {
	status: OfferStatus
	offers: OfferRow[]
	next: string | null
	first: boolean
	result?: FormResult
}

const pathOf = (status: OfferStatus) => `/coordination/mentors?status=${status}`

/** The offers to mentor, for coordinators: one state at a time, the oldest first. */
export function VettingPage({ status, offers, next, first, result }: VettingPageProps) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<PageHead
				title={t('mentoring:vetting.title')}
				lead={t('mentoring:vetting.lead')}
				back={{ to: '/coordination', label: t('mentoring:coordination.title') }}
			/>
			<Pills label={t('mentoring:vetting.states')}>
				{OFFER_STATES.map((state) => (
					<Pill key={state} to={pathOf(state)} current={state === status}>
						{t(`mentoring:offerState.${state}`)}
					</Pill>
				))}
			</Pills>
			{result && !result.ok ? (
				<Notice kind="care" title={t(refusalKey(result), result.details ?? {})} />
			) : null}
			{offers.length === 0 ? <Empty title={t('mentoring:vetting.none')} /> : null}
			<CardList>
				{offers.map((offer) => (
					<OfferCard key={offer.memberId} offer={offer} />
				))}
			</CardList>
			<Pages status={status} next={next} first={first} />
		</div>
	)
}

const refusalKey = ({ code }: FormResult) =>
	code === 'conflict' ? 'mentoring:vetting.changed' : `errors:${code ?? 'forbidden'}`

function OfferCard({ offer }: { offer: OfferRow }) {
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
				<NeedTags needs={offer.needs} />
				{offer.words ? <Words text={offer.words} lang={offer.wordsLang} dir={offer.wordsDir} /> : null}
				<p className="muted">
					{capacity === 0
						? t('mentoring:vetting.capacityNone')
						: t('mentoring:vetting.capacity', { count: capacity })}
				</p>
				<Decisions offer={offer} />
			</div>
		</Card>
	)
}

const LOOK: Record<Decision, { kind: ButtonKind; icon: IconName }> = {
	approve: { kind: 'primary', icon: 'check' },
	decline: { kind: 'quiet', icon: 'x' },
	pause: { kind: 'quiet', icon: 'clock' },
}

function Decisions({ offer }: { offer: OfferRow }) {
	const { t } = useTranslation()
	if (offer.decisions.length === 0) return <p className="muted">{t('mentoring:decision.own')}</p>
	return (
		<Form>
			<input type="hidden" name="member" value={offer.memberId} />
			<div className="row">
				{offer.decisions.map((decision) => (
					<Button key={decision} name="intent" value={decision} {...LOOK[decision]}>
						{t(`mentoring:decision.${decision}`)}
					</Button>
				))}
			</div>
		</Form>
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
