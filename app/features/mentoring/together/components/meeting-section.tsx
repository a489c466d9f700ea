import { useTranslation } from 'react-i18next'
import { formatZone } from '~/platform/i18n/format-names'
import { Card, CardList } from '~/ui/card'
import { Choice, ChoiceGroup, Field, Form, type FormResult, Select, Submit } from '~/ui/form'
import { Icon, IconText } from '~/ui/icon'
import { Disclosure, Section } from '~/ui/page'
import type { Writing } from '../../components/form-parts'
import { WAYS, type Way } from '../../matching/people'
import { MEETING_MINUTES, OPEN_MEETINGS } from '../../mentoring.limits'
import { Press, refusedOf } from './match-form'
import { MeetingTime, type Zones } from './meeting-time'

export interface MeetingShown {
	id: string
	startsAt: Date
	minutes: number
	how: Way
	agreed: boolean
	/** She proposed it. */
	byHer: boolean
}

export const WAY_ICON = { write: 'message-circle', voice: 'phone', meet: 'map-pin' } as const

interface MeetingSectionProps {
	match: string
	meetings: MeetingShown[]
	zones: Zones
	/** Whether new times can be proposed and agreed now. */
	open: boolean
	writing: Writing
	now: Date
	result?: FormResult
}

/** What is planned, the next one on top, and the form to propose a time. */
export function MeetingSection(props: MeetingSectionProps) {
	const { match, meetings, zones, open } = props
	const { t } = useTranslation()
	const waiting = meetings.filter(({ agreed }) => !agreed).length
	return (
		<Section title={t('match:meetings.title')} id="meetings">
			<div className="stack">
				{meetings.length === 0 ? <p className="muted">{t('match:meetings.none')}</p> : null}
				<CardList label={t('match:meetings.title')}>
					{/* What is agreed counts before what is only proposed. */}
					{meetings
						.toSorted((a, b) => Number(b.agreed) - Number(a.agreed))
						.map((meeting) => (
							<MeetingCard key={meeting.id} match={match} meeting={meeting} zones={zones} open={open} />
						))}
				</CardList>
				{open && waiting < OPEN_MEETINGS ? <ProposeForm {...props} /> : null}
				{open && waiting >= OPEN_MEETINGS ? <p className="hint">{t('match:meetings.enough')}</p> : null}
			</div>
		</Section>
	)
}

interface CardProps {
	match: string
	meeting: MeetingShown
	zones: Zones
	open: boolean
}

function stateKey({ agreed, byHer }: MeetingShown) {
	if (agreed) return 'match:meetings.agreed'
	return byHer ? 'match:meetings.waits' : 'match:meetings.asked'
}

function MeetingCard({ match, meeting, zones, open }: CardProps) {
	const { t } = useTranslation()
	const { id, startsAt, minutes, how, agreed, byHer } = meeting
	return (
		<Card as="li" item="meeting" tone={agreed ? 'plain' : 'quiet'}>
			<div className="stack">
				<div>
					<MeetingTime at={startsAt} zones={zones} />
				</div>
				<p className="meta">
					<IconText name="clock">{t('match:meetings.minutes', { count: minutes })}</IconText>
					<IconText name={WAY_ICON[how]}>{t(`match:how.${how}`)}</IconText>
				</p>
				<p className="small">{t(stateKey(meeting))}</p>
				<div className="row">
					{!agreed && !byHer && open ? (
						<Press intent="agree-meeting" at={{ meeting: id }} kind="primary" icon="check">
							{t('match:meetings.agree')}
						</Press>
					) : null}
					<Press intent="cancel-meeting" at={{ meeting: id }} icon="x">
						{t(
							agreed ? 'match:meetings.cancel' : byHer ? 'match:meetings.takeBack' : 'match:meetings.refuse',
						)}
					</Press>
				</div>
				{agreed ? (
					<p>
						<a className="quiet-link" href={`/mentoring/${match}/meetings/${id}.ics`}>
							<Icon name="calendar-plus" />
							<span>{t('match:calendar.save')}</span>
						</a>
					</p>
				) : null}
			</div>
		</Card>
	)
}

/** Days on a calendar as forms write them: from today, wherever she is, to a year from now. */
const dayOf = (at: Date, days: number) =>
	new Date(at.getTime() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)

function ProposeForm({ zones, writing, now, result }: MeetingSectionProps) {
	const { t, i18n } = useTranslation()
	const refused = refusedOf(result, 'propose-meeting')
	const choices = [...new Set([zones.hers, zones.other])]
	return (
		<Disclosure summary={t('match:meetings.propose')} icon="calendar-plus" open={refused !== undefined}>
			<Form result={refused} action="#meetings">
				<input type="hidden" name="intent" value="propose-meeting" />
				<input type="hidden" name="key" value={writing.key} />
				<Field
					name="date"
					type="date"
					label={t('match:when.date')}
					min={dayOf(now, -1)}
					max={dayOf(now, 366)}
				/>
				<Field name="time" type="time" label={t('match:when.time')} />
				{choices.length === 1 ? (
					<>
						<input type="hidden" name="zone" value={zones.hers} />
						<p className="hint">{formatZone(i18n.language, zones.hers, now)}</p>
					</>
				) : (
					<Select
						name="zone"
						label={t('match:when.zone')}
						options={choices.map((zone) => ({
							value: zone,
							label: t(zone === zones.hers ? 'match:when.zoneHers' : 'match:when.zoneOther', {
								zone: formatZone(i18n.language, zone, now),
							}),
						}))}
						defaultValue={zones.hers}
					/>
				)}
				<Select
					name="minutes"
					label={t('match:when.length')}
					options={MEETING_MINUTES.map((minutes) => ({
						value: String(minutes),
						label: t('match:meetings.minutes', { count: minutes }),
					}))}
					defaultValue="30"
				/>
				<ChoiceGroup name="how" legend={t('match:when.how')}>
					{WAYS.map((way) => (
						<Choice
							key={way}
							type="radio"
							name="how"
							value={way}
							icon={WAY_ICON[way]}
							label={t(`match:how.${way}`)}
							defaultChecked={way === 'write'}
						/>
					))}
				</ChoiceGroup>
				<Submit icon="send">{t('match:when.send')}</Submit>
			</Form>
		</Disclosure>
	)
}
