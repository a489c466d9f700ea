import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import type { FormResult } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import type { Interpreting } from '../match-page.server'
import { Press } from './match-form'
import { Refused } from './match-refused'
import { WAY_ICON } from './meeting-section'
import { MeetingTime } from './meeting-time'

/** What someone who interprets sees: who the two are, the room, when they meet next, and the way out. */
export function MatchInterpreting({ shown, result }: { shown: Interpreting; result?: FormResult }) {
	const { t } = useTranslation()
	const { seated, roomId, paused, next, zones } = shown
	return (
		<>
			<PageHead
				title={t('match:interpreter.page')}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			<div className="stack">
				<Refused result={result} />
				<Card tone={seated ? 'plain' : 'quiet'}>
					<div className="stack">
						<Person handle={shown.mentor} seed={shown.mentorId} badge="mentor" />
						<Person handle={shown.mentee} seed={shown.menteeId} />
						<p>{t(seated ? 'match:interpreter.youSit' : 'match:interpreter.youAreAsked')}</p>
						{paused ? <p>{t('match:break.them')}</p> : null}
						{seated && roomId ? (
							<div className="row">
								<ButtonLink to={`/chat/${roomId}`} icon="message-circle">
									{t('mentoring:match.room')}
								</ButtonLink>
							</div>
						) : null}
					</div>
				</Card>
				<div className="row">
					{seated ? null : (
						<Press intent="agree-interpreter" kind="primary" icon="check">
							{t('match:interpreter.yes')}
						</Press>
					)}
					<Press intent="end-interpreter" icon={seated ? 'log-out' : 'x'}>
						{t(seated ? 'match:interpreter.leave' : 'match:interpreter.no')}
					</Press>
				</div>
			</div>
			{next ? (
				<Section title={t('match:meetings.next')}>
					<Card item="meeting">
						<MeetingTime at={next.startsAt} zones={zones} />
						<p className="meta">
							<IconText name="clock">{t('match:meetings.minutes', { count: next.minutes })}</IconText>
							<IconText name={WAY_ICON[next.how]}>{t(`match:how.${next.how}`)}</IconText>
						</p>
					</Card>
				</Section>
			) : null}
			<div className="section row">
				<BlockLink memberId={shown.mentorId} handle={shown.mentor} />
				<BlockLink memberId={shown.menteeId} handle={shown.mentee} />
			</div>
		</>
	)
}
