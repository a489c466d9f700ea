import { useTranslation } from 'react-i18next'
import { formatDateTime } from '~/platform/i18n/format'
import { Button, ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import type { IconName } from '~/ui/icons'
import { Section } from '~/ui/page'
import { Avatar } from '~/ui/people'
import { LIMITS } from '../../mentoring.limits'
import { sharedTime } from '../../times/shared-time'
import type { MatchRow } from '../../together/components/match-rows'
import { MOVES, type Move } from '../line.policy'

interface LineProps {
	/** In her order; who is asked now comes first. */
	line: MatchRow[]
	/** The zone her times are shown in. */
	zone: string
}

/** Whom she asks and whom after her: who has her request now and until when, and the others to put in order. */
export function LineSection({ line, zone }: LineProps) {
	const { t } = useTranslation()
	if (line.length === 0) return null
	const chosen = line.filter(({ status }) => status === 'chosen')
	return (
		<Section title={t('mentoring:line.title')}>
			<p className="muted mb-3">{t('mentoring:line.lead', { hours: LIMITS.answerHours })}</p>
			<ol className="cards">
				{line.map((row) => (
					<Card as="li" key={row.id} item="line">
						<div className="row mb-2">
							<Avatar seed={row.otherId ?? row.id} />
							{row.status === 'chosen' ? (
								<bdi className="handle" translate="no">
									{row.other}
								</bdi>
							) : (
								<a className="row-link" href={`/mentoring/${row.id}`}>
									<bdi translate="no">{row.other}</bdi>
								</a>
							)}
						</div>
						{row.status === 'chosen' ? (
							<Moves row={row} at={chosen.indexOf(row)} count={chosen.length} />
						) : (
							<Asked row={row} zone={zone} />
						)}
					</Card>
				))}
			</ol>
			{line.length < LIMITS.line ? (
				<div className="row mt-3">
					<ButtonLink to="/mentoring/mentors" kind="quiet" icon="plus">
						{t('mentoring:line.add')}
					</ButtonLink>
				</div>
			) : null}
		</Section>
	)
}

function Asked({ row, zone }: { row: MatchRow; zone: string }) {
	const { t, i18n } = useTranslation()
	const clock = { t, locale: i18n.language, zone }
	const by = row.answersBy ? sharedTime(clock, new Date(row.answersBy), formatDateTime) : ''
	return (
		<>
			<p>{t('mentoring:line.asked', { when: by })}</p>
			<form method="post" action={`/mentoring/${row.id}`}>
				<Button kind="quiet" icon="undo-2" name="intent" value="withdraw">
					{t('mentoring:acts.withdraw')}
				</Button>
			</form>
		</>
	)
}

const MOVE_ICON: Record<Move, IconName> = { up: 'arrow-up', down: 'arrow-down', remove: 'x' }

function Moves({ row, at, count }: { row: MatchRow; at: number; count: number }) {
	const { t } = useTranslation()
	const leadsSomewhere = (move: Move) => move === 'remove' || (move === 'up' ? at > 0 : at < count - 1)
	return (
		<>
			<p className="meta mb-2">{t('mentoring:line.chosen')}</p>
			<form method="post" className="row">
				<input type="hidden" name="match" value={row.id} />
				{MOVES.filter(leadsSomewhere).map((move) => (
					<Button key={move} kind="quiet" icon={MOVE_ICON[move]} name="move" value={move}>
						{t(`mentoring:line.${move}`)}
						<span className="sr-only">
							{' '}
							<bdi>{row.other}</bdi>
						</span>
					</Button>
				))}
			</form>
		</>
	)
}
