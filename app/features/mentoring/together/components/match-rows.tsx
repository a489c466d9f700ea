import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDateTime } from '~/platform/i18n/format'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Section } from '~/ui/page'
import { Avatar } from '~/ui/people'
import { Time } from '~/ui/text'
import type { MatchStatus, Side } from '../../mentoring.policy'
import { sharedTime } from '../../times/shared-time'

/** A request or a match, from her side. */
export interface MatchRow {
	id: string
	side: Side
	status: MatchStatus
	roomId: string | null
	askedAt: Date
	/** Until when an answer can come, while one is waited for. */
	answersBy: Date | null
	/** She has said yes to what a round proposed. */
	saidYes: boolean
	endedByHer: boolean
	/** Null where the mentor has left. */
	otherId: string | null
	other: string | null
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
}

interface MatchRowsProps {
	title: ReactNode
	rows: MatchRow[]
	/** The zone her times are shown in. */
	zone: string
}

/** A part of her overview; nothing where there is nothing. */
export function MatchRows({ title, rows, zone }: MatchRowsProps) {
	if (rows.length === 0) return null
	return (
		<Section title={title}>
			<CardList>
				{rows.map((row) => (
					<MatchCard key={row.id} row={row} zone={zone} />
				))}
			</CardList>
		</Section>
	)
}

function stateKey({ side, status, endedByHer, saidYes }: MatchRow) {
	if (status === 'ended') return `mentoring:ended.${endedByHer ? 'you' : 'she'}`
	if (status === 'proposed') return `mentoring:proposed.${saidYes ? 'saidYes' : 'new'}`
	if (status === 'declined' && endedByHer) return 'mentoring:mentorState.declined'
	return side === 'mentee' ? `mentoring:menteeState.${status}` : `mentoring:mentorState.${status}`
}

const waitsForHer = ({ side, status, saidYes }: MatchRow) =>
	(side === 'mentor' && status === 'asked') || (status === 'proposed' && !saidYes)

function MatchCard({ row, zone }: { row: MatchRow; zone: string }) {
	const { t } = useTranslation()
	const waits = waitsForHer(row)
	return (
		<Card as="li" item="match" tone={waits ? 'new' : 'plain'}>
			<div className="row">
				<Avatar seed={row.otherId ?? row.id} />
				<a className="row-link" href={`/mentoring/${row.id}`}>
					<bdi translate="no">{row.other ?? t('mentoring:formerMember')}</bdi>
				</a>
			</div>
			{waits && row.words ? (
				<p className="two-lines" lang={row.wordsLang} dir={row.wordsDir}>
					{row.words}
				</p>
			) : null}
			<p className="meta">
				{row.status === 'accepted' ? <span>{t(`mentoring:person.${row.side}`)}</span> : null}
				<span>{t(stateKey(row))}</span>
				<Time at={row.askedAt} />
			</p>
			{waits ? <AnswerBy row={row} zone={zone} /> : null}
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

/** Until when she can answer; afterwards nobody waits for her any more. */
function AnswerBy({ row, zone }: { row: MatchRow; zone: string }) {
	const { t, i18n } = useTranslation()
	if (!row.answersBy) return null
	const when = sharedTime({ t, locale: i18n.language, zone }, new Date(row.answersBy), formatDateTime)
	return <p className="meta">{t('mentoring:overview.answerBy', { when })}</p>
}
