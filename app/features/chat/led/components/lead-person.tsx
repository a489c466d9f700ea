import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Select } from '~/ui/form'
import { Disclosure } from '~/ui/page'
import { Bdi } from '~/ui/text'
import { MUTE_MINUTES } from '../session.limits'
import { canTakeOut } from '../session.policy'
import type { HostView, Participant, SessionView } from '../session.wire'
import { Act } from './act'

/** One of them, and what can be done for her and with her. */
export function LeadPerson({
	person,
	view,
}: {
	person: Participant
	view: SessionView & { host: HostView }
}) {
	const { t } = useTranslation()
	const who = { member: person.id }
	const { first } = view.host
	return (
		<Card as="li" item="participant">
			<p className="row">
				<Bdi>{person.handle}</Bdi>
				{person.role === 'member' ? null : <span className="muted">{t(`sessions:role.${person.role}`)}</span>}
				{person.handUp ? <span className="muted">{t('sessions:lead.handUp')}</span> : null}
				{person.mutedUntil ? <span className="muted">{t('sessions:lead.muted')}</span> : null}
			</p>
			<div className="row">
				{view.speaker?.id === person.id ? null : (
					<Act intent="give-word" with={who}>
						{t('sessions:lead.giveWord')}
					</Act>
				)}
				{person.handUp ? (
					<Act intent="lower-hand" with={who} kind="plain">
						{t('sessions:lead.lowerHand')}
					</Act>
				) : null}
				{person.role === 'member' || (first && person.role === 'cohost') ? (
					<Disclosure summary={t('sessions:lead.more')}>
						<div className="stack">
							{person.role === 'member' ? <Mute person={person} /> : null}
							{first ? <Leading person={person} /> : null}
							{canTakeOut(view.me, person) ? (
								<Act
									intent="remove-member"
									with={who}
									kind="danger"
									icon="user-round-x"
									fields={<p>{t('sessions:lead.removeText')}</p>}
								>
									{t('sessions:lead.remove')}
								</Act>
							) : null}
						</div>
					</Disclosure>
				) : null}
			</div>
		</Card>
	)
}

function Mute({ person }: { person: Participant }) {
	const { t } = useTranslation()
	if (person.mutedUntil) {
		return (
			<Act intent="unmute" with={{ member: person.id }}>
				{t('sessions:lead.unmute')}
			</Act>
		)
	}
	return (
		<Act
			intent="mute"
			with={{ member: person.id }}
			fields={
				<Select
					name="minutes"
					label={t('sessions:lead.muteFor')}
					options={MUTE_MINUTES.map((count) => ({
						value: String(count),
						label: t('sessions:card.minutes', { count }),
					}))}
				/>
			}
		>
			{t('sessions:lead.mute')}
		</Act>
	)
}

/** Who leads beside the first host, and who instead of her. */
function Leading({ person }: { person: Participant }) {
	const { t } = useTranslation()
	const who = { member: person.id }
	if (person.role === 'cohost') {
		return (
			<div className="actions">
				<Act intent="hand-over" with={who}>
					{t('sessions:lead.handOver')}
				</Act>
				<Act intent="uncohost" with={who}>
					{t('sessions:lead.uncohost')}
				</Act>
			</div>
		)
	}
	if (!person.mayLead) return null
	return (
		<Act intent="cohost" with={who}>
			{t('sessions:lead.cohost')}
		</Act>
	)
}
