import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { type FormResult, Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Section } from '~/ui/page'
import { Avatar } from '~/ui/people'
import { Bdi, Time } from '~/ui/text'
import { Refused } from '../../led/components/act'

interface OwnText {
	text: string
	lang: string
	dir: 'ltr' | 'rtl'
}

interface Invitation {
	id: string
	name: OwnText
	/** Who asks. */
	byId: string
	by: string
}

export interface CircleListsProps {
	circles: { id: string; name: OwnText; lastAt: Date | null }[]
	invitations: Invitation[]
	mayOpen: boolean
	result?: FormResult
}

/** Circles she is asked into, those she is in, and the way to one of her own. */
export function CircleLists({ circles, invitations, mayOpen, result }: CircleListsProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('circles:list.title')} id="circles">
			<div className="stack">
				<Refused result={result} />
				<Invitations invitations={invitations} />
				{circles.length === 0 ? <p className="muted">{t('circles:list.none')}</p> : null}
				{circles.length > 0 ? (
					<CardList label={t('circles:list.title')}>
						{circles.map(({ id, name, lastAt }) => (
							<Card as="li" item="circle" key={id}>
								<a className="row-link" href={`/chat/${id}#end`}>
									<Icon name="users-round" className="row-icon" />
									<span className="row-title" lang={name.lang} dir={name.dir}>
										{name.text}
									</span>
								</a>
								<p className="meta">{lastAt ? <Time at={lastAt} /> : <span>{t('chat:rooms.quiet')}</span>}</p>
							</Card>
						))}
					</CardList>
				) : null}
				{mayOpen ? (
					<p className="actions">
						<ButtonLink to="/chat/circle" kind="quiet" icon="plus">
							{t('circles:list.open')}
						</ButtonLink>
					</p>
				) : null}
			</div>
		</Section>
	)
}

function Invitations({ invitations }: Pick<CircleListsProps, 'invitations'>) {
	const { t } = useTranslation()
	if (invitations.length === 0) return null
	return (
		<CardList label={t('circles:invitation.title')}>
			{invitations.map((invitation) => (
				<InvitationCard key={invitation.id} invitation={invitation} />
			))}
		</CardList>
	)
}

/** Nothing is answered by looking: each answer is a button of its own, and so is the way to moderators. */
function InvitationCard({ invitation: { id, name, by, byId } }: { invitation: Invitation }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="invitation" tone="new">
			<p className="row-link">
				<Avatar seed={byId} />
				<span>
					{t('circles:invitation.from')} <Bdi>{by}</Bdi>
				</span>
			</p>
			<p className="row-title" lang={name.lang} dir={name.dir}>
				{name.text}
			</p>
			<p className="hint">{t('circles:invitation.text')}</p>
			<div className="actions">
				<form method="post">
					<input type="hidden" name="room" value={id} />
					<input type="hidden" name="intent" value="accept" />
					<Submit icon="check">{t('circles:invitation.accept')}</Submit>
				</form>
				<form method="post">
					<input type="hidden" name="room" value={id} />
					<input type="hidden" name="intent" value="refuse" />
					<Submit kind="quiet" icon="x">
						{t('circles:invitation.refuse')}
					</Submit>
				</form>
			</div>
			<p className="meta">
				<a className="quiet-link" href={`/report/circle/${id}`}>
					<Icon name="flag" />
					<span>{t('chat:report')}</span>
				</a>
				<BlockLink memberId={byId} />
			</p>
		</Card>
	)
}
