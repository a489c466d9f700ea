import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure, Empty, PageHead, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { Time } from '~/ui/text'
import { QUESTIONS_COUNTED } from '../forum.limits'

interface Named {
	id: string
	icon: string
	name: Said
	description: Said
}

interface Invited extends Named {
	/** The invitation itself. */
	invitation: string
}

interface SpaceRow extends Named {
	/** Counted to one more than `QUESTIONS_COUNTED`. */
	topics: number
	lastActivityAt: Date | null
	/** She came in by an invitation. */
	cameIn: boolean
	/** She looks after who is invited. */
	mayInvite: boolean
}

/** The spaces of the forum, each saying what it is for; above them those she is invited to. */
export function SpaceList({ spaces, invitedTo }: { spaces: SpaceRow[]; invitedTo: Invited[] }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forum:spaces.title')}
				lead={t('forum:spaces.lead')}
				actions={
					<>
						<ButtonLink to="/forum/all" kind="quiet" icon="messages-square">
							{t('forum:lists.everywhere')}
						</ButtonLink>
						<ButtonLink to="/search" kind="quiet" icon="search">
							{t('common:nav.search')}
						</ButtonLink>
						<ButtonLink to="/forum/translate" kind="quiet" icon="languages">
							{t('translation:wanted.title')}
						</ButtonLink>
					</>
				}
			/>
			{invitedTo.length > 0 ? <InvitedTo spaces={invitedTo} /> : null}
			{spaces.length === 0 ? <Empty title={t('forum:spaces.none')} /> : null}
			<CardList>
				{spaces.map((space) => (
					<SpaceCard key={space.id} space={space} />
				))}
			</CardList>
		</>
	)
}

function InvitedTo({ spaces }: { spaces: Invited[] }) {
	const { t } = useTranslation()
	return (
		<Section title={t('spaces:invited.title')}>
			<CardList label={t('spaces:invited.title')}>
				{spaces.map(({ id, invitation, name, description }) => (
					<Card as="li" item="invitation" tone="new" key={id}>
						<div className="stack">
							<p>
								<strong>{t('spaces:invited.to', { name: name.text })}</strong>
							</p>
							<p>
								<SaidText said={description} />
							</p>
							<p className="hint">{t('spaces:invited.hint')}</p>
							<form method="post" action="/forum" className="row">
								<input type="hidden" name="space" value={id} />
								<Button icon="check" name="intent" value="accept">
									{t('spaces:invited.accept')}
								</Button>
								<Button kind="quiet" icon="x" name="intent" value="decline">
									{t('spaces:invited.decline')}
								</Button>
							</form>
							<p>
								<a className="quiet-link" href={`/report/space-invitation/${invitation}`}>
									<Icon name="flag" />
									<span>{t('forum:report')}</span>
								</a>
							</p>
						</div>
					</Card>
				))}
			</CardList>
		</Section>
	)
}

function SpaceCard({ space }: { space: SpaceRow }) {
	const { t } = useTranslation()
	const many = space.topics > QUESTIONS_COUNTED
	return (
		<Card as="li" item="space">
			<a className="row-link" href={`/forum/${space.id}`}>
				<Icon name={space.icon as IconName} className="row-icon" />
				<span className="row-title">
					<SaidText said={space.name} />
				</span>
			</a>
			<p>
				<SaidText said={space.description} />
			</p>
			<p className="meta">
				<span>
					{many
						? t('forum:spaces.manyQuestions', { count: QUESTIONS_COUNTED })
						: t('forum:spaces.questions', { count: space.topics })}
				</span>
				{space.lastActivityAt ? <Time at={space.lastActivityAt} /> : null}
				{space.mayInvite ? (
					<a href={`/coordination/spaces/${space.id}#people`}>{t('spaces:people.open')}</a>
				) : null}
			</p>
			{space.cameIn ? <Leave space={space} /> : null}
		</Card>
	)
}

function Leave({ space }: { space: SpaceRow }) {
	const { t } = useTranslation()
	return (
		<Disclosure
			summary={
				<>
					{t('spaces:leave.fold')}
					<span className="sr-only">
						{' '}
						<SaidText said={space.name} />
					</span>
				</>
			}
		>
			<form method="post" action="/forum" className="form">
				<input type="hidden" name="space" value={space.id} />
				<p>{t('spaces:leave.text')}</p>
				<Button kind="danger" icon="log-out" name="intent" value="leave">
					{t('spaces:leave.leave')}
				</Button>
			</form>
		</Disclosure>
	)
}
