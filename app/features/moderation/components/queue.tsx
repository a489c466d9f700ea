import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon, IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Empty, PageHead, Pill, Pills } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { Decision, Reason } from '../moderation.words'
import { Clock } from './clock'
import { Filters, waitingPath } from './filters'
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
	origin: Origin
	openedAt: Date
	dueAt: Date
	decidedAt: Date | null
	decision: Decision | null
	decidedBy: string | null
	/** Who looks at it now. */
	held: boolean
	mine: boolean
	holder: string | null
	reasons: Reason[]
	/** How many reported it. */
	gathered: number
}

type Origin = 'report' | 'rule' | 'first' | 'edited' | 'held'

/** Where a case comes from. */
export const ORIGIN: Record<Origin, { label: string; icon: IconName }> = {
	report: { label: 'queue:origin.report', icon: 'flag' },
	rule: { label: 'queue:origin.rule', icon: 'search' },
	first: { label: 'queue:origin.first', icon: 'sprout' },
	edited: { label: 'queue:origin.edited', icon: 'pencil' },
	held: { label: 'queue:origin.held', icon: 'message-circle' },
}

interface QueueProps {
	show: 'open' | 'decided'
	/** Which of what waits: everything, or narrowed. */
	only: string
	/** The languages of what waits. */
	languages: string[]
	now: Date
	cases: CaseRow[]
	next: string | null
	first: boolean
	/** The way to what waits in rooms that hold. */
	held?: ReactNode
	/** Where she says that she is there now. */
	duty?: ReactNode
	/** What she had to see this week. */
	care?: ReactNode
}

/** What waits for a moderator, danger first, or what was decided. */
export function Queue({ show, only, languages, cases, now, next, first, held, duty, care }: QueueProps) {
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
			<PageHead title={t('moderation:queue.title')} lead={t('queue:lead')} actions={ways} />
			<div className="stack">
				<Pills label={t('moderation:queue.filter')}>
					<Pill to="/moderation" current={waiting}>
						{t('moderation:queue.open')}
					</Pill>
					<Pill to="/moderation?show=decided" current={!waiting}>
						{t('moderation:queue.decided')}
					</Pill>
				</Pills>
				{waiting ? <Filters only={only} languages={languages} /> : null}
				{cases.length === 0 ? <NothingHere waiting={waiting} /> : null}
				<CardList label={t('moderation:queue.label')}>
					{cases.map((row) => (
						<CaseCard key={row.id} row={row} now={now} />
					))}
				</CardList>
			</div>
			<MorePages base={baseOf(show, only)} next={next} first={first} />
			{duty}
			{care}
		</>
	)
}

function baseOf(show: 'open' | 'decided', only: string) {
	if (show === 'decided') return '/moderation?show=decided&'
	return only === 'all' ? '/moderation?' : `${waitingPath(only)}&`
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

function CaseCard({ row, now }: { row: CaseRow; now: Date }) {
	const { t } = useTranslation()
	const kind = kindOf(row.kind)
	return (
		<Card as="li" item="case" tone={row.danger && row.decision === null ? 'care' : 'plain'}>
			<p className="meta">
				<IconText name={row.appeal ? 'scale' : kind.icon}>
					{row.appeal ? t('moderation:queue.appeal') : t(kind.label)}
				</IconText>
				{row.lang ? <LanguageTag tag={row.lang} /> : null}
				{row.decision ? <Time at={row.openedAt} /> : <Clock dueAt={row.dueAt} now={now} />}
			</p>
			<a className="row-link" href={`/moderation/${row.id}`}>
				<OneLine row={row} />
			</a>
			<p className="meta">
				{row.appeal || row.origin === 'report' ? null : (
					<IconText name={ORIGIN[row.origin].icon}>{t(ORIGIN[row.origin].label)}</IconText>
				)}
				{row.reasons.map((reason) => (
					<IconText key={reason} name={REASON[reason].icon}>
						{t(REASON[reason].label)}
					</IconText>
				))}
				{row.gathered > 0 ? <span>{t('queue:row.gathered', { count: row.gathered })}</span> : null}
			</p>
			{row.held ? <Holder row={row} /> : null}
			{row.decision ? <Outcome row={row} decision={row.decision} /> : null}
		</Card>
	)
}

function Holder({ row }: { row: CaseRow }) {
	const { t } = useTranslation()
	if (row.mine) return <p className="meta">{t('queue:row.mine')}</p>
	return (
		<p className="meta">
			<span>{t('queue:row.heldBy')}</span>
			<Bdi>{row.holder}</Bdi>
		</p>
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
