import { useTranslation } from 'react-i18next'
import type { Actor, Role } from '~/platform/actor'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Notice, PageHead } from '~/ui/page'
import { Avatar, RoleBadge } from '~/ui/people'
import { StandingNotice } from './standing-notice'

/** So few recovery codes left that she should make new ones. */
const FEW_CODES = 3

/** Only there for those who translate for moderators. */
const TRANSLATING = {
	to: '/moderation/translations',
	icon: 'languages',
	title: 'queue:me.title',
	text: 'queue:me.text',
} as const

interface MePageProps {
	id: string
	handle: string
	status: Actor['status']
	secondFactorDue: Actor['secondFactorDue']
	roles: Role[]
	/** Recovery codes not used yet. */
	codes: number
	/** A coordinator named her to translate for moderators. */
	translates: boolean
}

const PLACES: readonly { to: string; icon: IconName; title: string; text: string }[] = [
	{ to: '/me/profile', icon: 'pencil', title: 'members:profile.title', text: 'members:me.profileText' },
	{ to: '/me/safety', icon: 'key-round', title: 'auth:safety.title', text: 'members:me.safetyText' },
	{ to: '/me/devices', icon: 'smartphone', title: 'auth:devices.title', text: 'members:me.devicesText' },
	{ to: '/me/blocked', icon: 'user-round-x', title: 'blocks:title', text: 'blocks:meText' },
	{ to: '/me/vouch', icon: 'handshake', title: 'vouch:title', text: 'vouch:meText' },
	{ to: '/me/decisions', icon: 'scale', title: 'moderation:mine.title', text: 'members:me.decisionsText' },
	{ to: '/me/referrals', icon: 'handshake', title: 'referrals:mine.title', text: 'referrals:mine.meText' },
	{ to: '/me/data', icon: 'download', title: 'members:data.title', text: 'members:me.dataText' },
]

/** Her own corner: who she is here, the ways to what is hers, and the way out. */
export function MePage({ id, handle, status, secondFactorDue, roles, codes, translates }: MePageProps) {
	const { t } = useTranslation()
	const title = (
		<span className="me-name">
			<Avatar seed={id} size="large" />
			<bdi translate="no">{handle}</bdi>
		</span>
	)
	return (
		<>
			<PageHead title={title} lead={t('members:me.lead')} />
			<div className="stack">
				<p className="row">
					{(roles.length > 0 ? roles : ['member']).map((role) => (
						<RoleBadge key={role} role={role} />
					))}
				</p>
				<StandingNotice status={status} />
				{secondFactorDue === 'no' ? null : <SecondStepDue due={secondFactorDue} />}
				{codes < FEW_CODES ? (
					<Notice kind="care" title={t('members:me.codesLeft', { count: codes })}>
						<p>
							<a href="/me/safety#codes">{t('members:me.codesNew')}</a>
						</p>
					</Notice>
				) : null}
				<CardList label={t('members:me.places')}>
					{(translates ? [...PLACES, TRANSLATING] : PLACES).map((place) => (
						<Card as="li" key={place.to}>
							<div className="day-card">
								<Icon name={place.icon} />
								<div className="day-words">
									<h2 className="title">
										<a href={place.to}>{t(place.title)}</a>
									</h2>
									<p className="muted">{t(place.text)}</p>
								</div>
							</div>
						</Card>
					))}
				</CardList>
				{codes < FEW_CODES ? null : (
					<p className="muted small">{t('members:me.codesLeft', { count: codes })}</p>
				)}
				<form method="post" action="/sign-out">
					<Button kind="quiet" icon="log-out">
						{t('auth:signOut.submit')}
					</Button>
				</form>
			</div>
		</>
	)
}

function SecondStepDue({ due }: { due: 'give' | 'set-up' }) {
	const { t } = useTranslation()
	return (
		<Notice kind="care" title={t(due === 'give' ? 'members:day.secondGive' : 'members:day.secondSetUp')}>
			<p>{t('members:day.secondText')}</p>
			<ButtonLink to="/sign-in/second?next=/me">
				{t(due === 'give' ? 'members:day.secondGiveGo' : 'members:day.secondSetUpGo')}
			</ButtonLink>
		</Notice>
	)
}
