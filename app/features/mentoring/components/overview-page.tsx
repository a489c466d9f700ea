import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Need } from '~/features/members/needs'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Columns, Empty, PageHead, Section } from '~/ui/page'
import { Avatar } from '~/ui/people'
import { Time } from '~/ui/text'
import type { Level } from '../mentoring.limits'
import type { MatchStatus, OfferStatus, Side } from '../mentoring.policy'
import { LanguageLevels, NeedTags } from './offer-facts'

export interface MatchRow {
	id: string
	side: Side
	status: MatchStatus
	roomId: string | null
	askedAt: Date
	endedByHer: boolean
	otherId: string
	other: string
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
}

interface OverviewProps {
	toAnswer: MatchRow[]
	running: MatchRow[]
	requests: MatchRow[]
	past: MatchRow[]
	offer: { status: OfferStatus; needs: Need[]; languages: Record<string, Level> } | null
}

/** Where she stands: what waits for her answer first, then what goes on, then what she asked. */
export function OverviewPage({ toAnswer, running, requests, past, offer }: OverviewProps) {
	const { t } = useTranslation()
	const nothing = [toAnswer, running, requests, past].every((rows) => rows.length === 0)
	return (
		<Columns aside={<HowItGoes />}>
			<PageHead
				title={t('mentoring:overview.title')}
				lead={t('mentoring:overview.lead')}
				actions={<WaysOn offered={offer !== null} />}
			/>
			<Rows title={t('mentoring:overview.toAnswer')} rows={toAnswer} />
			<Rows title={t('mentoring:overview.running')} rows={running} />
			<Rows title={t('mentoring:overview.requests')} rows={requests} />
			{nothing && offer === null ? (
				<Empty title={t('mentoring:overview.none')}>{t('mentoring:overview.noneText')}</Empty>
			) : null}
			{offer ? <OwnOfferCard offer={offer} /> : null}
			<Rows title={t('mentoring:overview.past')} rows={past} />
		</Columns>
	)
}

function WaysOn({ offered }: { offered: boolean }) {
	const { t } = useTranslation()
	return (
		<>
			<ButtonLink to="/mentoring/mentors" icon="search">
				{t('mentoring:overview.find')}
			</ButtonLink>
			{offered ? null : (
				<ButtonLink to="/mentoring/offer" kind="quiet" icon="sprout">
					{t('mentoring:overview.offer')}
				</ButtonLink>
			)}
		</>
	)
}

function Rows({ title, rows }: { title: ReactNode; rows: MatchRow[] }) {
	if (rows.length === 0) return null
	return (
		<Section title={title}>
			<CardList>
				{rows.map((row) => (
					<MatchCard key={row.id} row={row} />
				))}
			</CardList>
		</Section>
	)
}

function stateKey({ side, status, endedByHer }: MatchRow) {
	if (status === 'ended') return `mentoring:ended.${endedByHer ? 'you' : 'she'}`
	return side === 'mentee' ? `mentoring:menteeState.${status}` : `mentoring:mentorState.${status}`
}

function MatchCard({ row }: { row: MatchRow }) {
	const { t } = useTranslation()
	const waitsForHer = row.side === 'mentor' && row.status === 'asked'
	return (
		<Card as="li" item="match" tone={waitsForHer ? 'new' : 'plain'}>
			<div className="row">
				<Avatar seed={row.otherId} />
				<a className="row-link" href={`/mentoring/${row.id}`}>
					<bdi translate="no">{row.other}</bdi>
				</a>
			</div>
			{waitsForHer && row.words ? (
				<p className="two-lines" lang={row.wordsLang} dir={row.wordsDir}>
					{row.words}
				</p>
			) : null}
			<p className="meta">
				{row.status === 'accepted' ? <span>{t(`mentoring:person.${row.side}`)}</span> : null}
				<span>{t(stateKey(row))}</span>
				<Time at={row.askedAt} />
			</p>
			{row.status === 'accepted' && row.roomId ? (
				<div className="row">
					<ButtonLink to={`/chat/${row.roomId}`} kind="quiet" icon="message-circle">
						{t('mentoring:overview.room')}
					</ButtonLink>
				</div>
			) : null}
		</Card>
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
