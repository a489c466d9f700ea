import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon, IconText } from '~/ui/icon'
import { Empty, PageHead, Pill, Pills } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { Decision, Reason } from '../moderation.words'
import { decisionOf, kindOf, REASON } from './labels'

export interface CaseRow {
	id: string
	kind: string
	appeal: boolean
	private: boolean
	danger: boolean
	excerpt: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	openedAt: Date
	decidedAt: Date | null
	decision: Decision | null
	decidedBy: string | null
	reasons: Reason[]
}

interface QueueProps {
	show: 'open' | 'decided'
	cases: CaseRow[]
	next: string | null
	first: boolean
	/** The way to what waits in rooms that hold. */
	held?: ReactNode
	/** Where she says that she is there now. */
	duty?: ReactNode
}

/** What waits for a moderator, danger first, or what was decided. */
export function Queue({ show, cases, next, first, held, duty }: QueueProps) {
	const { t } = useTranslation()
	const waiting = show === 'open'
	const ways = (
		<>
			{held}
			<ButtonLink to="/moderation/log" kind="quiet" icon="history">
				{t('moderation:log.title')}
			</ButtonLink>
		</>
	)
	return (
		<>
			<PageHead title={t('moderation:queue.title')} lead={t('moderation:queue.lead')} actions={ways} />
			<div className="stack">
				<Pills label={t('moderation:queue.filter')}>
					<Pill to="/moderation" current={waiting}>
						{t('moderation:queue.open')}
					</Pill>
					<Pill to="/moderation?show=decided" current={!waiting}>
						{t('moderation:queue.decided')}
					</Pill>
				</Pills>
				{cases.length === 0 ? <NothingHere waiting={waiting} /> : null}
				<CardList label={t('moderation:queue.label')}>
					{cases.map((row) => (
						<CaseCard key={row.id} row={row} />
					))}
				</CardList>
			</div>
			<MorePages base={waiting ? '/moderation?' : '/moderation?show=decided&'} next={next} first={first} />
			{duty}
		</>
	)
}

function NothingHere({ waiting }: { waiting: boolean }) {
	const { t } = useTranslation()
	if (!waiting) return <Empty title={t('moderation:queue.noneDecided')} />
	return <Empty title={t('moderation:queue.none')}>{t('moderation:queue.noneText')}</Empty>
}

/** The list runs from the oldest to the newest, so "older" and "newer" would mislead. */
export function MorePages({ base, next, first }: { base: string; next: string | null; first: boolean }) {
	const { t } = useTranslation()
	if (first && !next) return null
	return (
		<nav className="pager" aria-label={t('common:pager.label')}>
			{first ? null : (
				<a className="btn quiet" href={base.slice(0, -1)} rel="prev">
					<Icon name="chevron-left" />
					<span>{t('moderation:queue.start')}</span>
				</a>
			)}
			{next ? (
				<a className="btn quiet older" href={`${base}after=${next}`} rel="next">
					<span>{t('moderation:queue.more')}</span>
					<Icon name="chevron-right" />
				</a>
			) : null}
		</nav>
	)
}

function CaseCard({ row }: { row: CaseRow }) {
	const { t } = useTranslation()
	const kind = kindOf(row.kind)
	return (
		<Card as="li" item="case" tone={row.danger && row.decision === null ? 'care' : 'plain'}>
			<p className="meta">
				<IconText name={row.appeal ? 'scale' : kind.icon}>
					{row.appeal ? t('moderation:queue.appeal') : t(kind.label)}
				</IconText>
				{row.lang ? <LanguageTag tag={row.lang} /> : null}
				<span className="with-icon">
					<Icon name="clock" />
					<Time at={row.openedAt} />
				</span>
			</p>
			<a className="row-link" href={`/moderation/${row.id}`}>
				<OneLine row={row} />
			</a>
			{row.reasons.length > 0 ? (
				<p className="meta">
					{row.reasons.map((reason) => (
						<IconText key={reason} name={REASON[reason].icon}>
							{t(REASON[reason].label)}
						</IconText>
					))}
				</p>
			) : null}
			{row.decision ? <Outcome row={row} decision={row.decision} /> : null}
		</Card>
	)
}

/** One line of what it is about; of what is private, nothing. */
function OneLine({ row }: { row: CaseRow }) {
	const { t } = useTranslation()
	if (row.private) return <span>{t('moderation:queue.private')}</span>
	return (
		<span className="two-lines" lang={row.lang ?? undefined} dir={row.dir}>
			{row.excerpt || t('moderation:queue.noWords')}
		</span>
	)
}

function Outcome({ row, decision }: { row: CaseRow; decision: Decision }) {
	const { t } = useTranslation()
	const { icon, label } = decisionOf(decision, row.kind)
	return (
		<p className="meta">
			<IconText name={icon}>{t(label)}</IconText>
			<Bdi>{row.decidedBy ?? t('moderation:formerMember')}</Bdi>
			{row.decidedAt ? <Time at={row.decidedAt} /> : null}
		</p>
	)
}
