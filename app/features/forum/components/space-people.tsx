import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Pager, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { SaidText } from '~/ui/said'
import { Time } from '~/ui/text'
import { type SpaceFields, SpaceForm } from './space-form'

interface Invited {
	id: string
	handle: string
	invitedAt: Date
	cameIn: boolean
}

interface SpaceSettingPageProps {
	space: { id: string; name: Said }
	/** What a coordinator can change; null for a moderator of the space, who only invites. */
	settings: SpaceFields | null
	locales: readonly string[]
	organisations: { id: string; name: string }[]
	/** Null where the space is not open to invited members. */
	people: Invited[] | null
	next: string | null
	saved: boolean
	result?: FormResult
}

/** One space as coordinators and its moderators see it: its settings, and who is invited. */
export function SpaceSettingPage({
	space,
	settings,
	people,
	next,
	saved,
	result,
	...choices
}: SpaceSettingPageProps) {
	const { t } = useTranslation()
	const inviting = result?.values?.intent === 'invite' ? result : undefined
	const back = settings
		? { to: '/coordination/spaces', label: t('spaces:title') }
		: { to: '/forum', label: t('spaces:toForum') }
	return (
		<>
			<PageHead
				title={<SaidText said={space.name} />}
				lead={t(settings ? 'spaces:lead' : 'spaces:people.lead')}
				back={back}
			/>
			{saved && !result ? (
				<div className="after-head">
					<Notice kind="good" title={t('spaces:saved')} />
				</div>
			) : null}
			{people ? <People space={space} people={people} next={next} result={inviting} /> : null}
			{settings ? (
				<p>
					<ButtonLink to={`/coordination/rooms?space=${space.id}#new`} kind="quiet" icon="message-circle">
						{t('spaces:openRoom')}
					</ButtonLink>
				</p>
			) : null}
			{settings ? (
				<Section title={t('spaces:settingsTitle')} id="settings">
					<SpaceForm
						locales={choices.locales}
						organisations={choices.organisations}
						space={settings}
						which={{ name: 'space', value: space.id }}
						intent="save"
						result={inviting ? undefined : result}
					/>
				</Section>
			) : null}
		</>
	)
}

type PeopleProps = Pick<SpaceSettingPageProps, 'space' | 'next' | 'result'> & { people: Invited[] }

function People({ space, people, next, result }: PeopleProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('spaces:people.title')} id="people">
			<Form result={result} id="invite">
				<input type="hidden" name="intent" value="invite" />
				<Field
					name="handle"
					label={t('spaces:people.handle')}
					hint={t('spaces:people.handleHint')}
					autoComplete="off"
					spellCheck={false}
					dir="auto"
					required
				/>
				<Submit icon="plus">{t('spaces:people.invite')}</Submit>
			</Form>
			{people.length === 0 ? <p className="muted">{t('spaces:people.none')}</p> : null}
			<CardList label={t('spaces:people.title')}>
				{people.map((person) => (
					<InvitedCard key={person.id} person={person} />
				))}
			</CardList>
			<Pager olderTo={next ? `/coordination/spaces/${space.id}?after=${next}#people` : undefined} />
		</Section>
	)
}

function InvitedCard({ person }: { person: Invited }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="invited">
			<div className="row between">
				<div>
					<Person handle={person.handle} seed={person.id} />
					<p className="meta">
						<span>{t(person.cameIn ? 'spaces:people.cameIn' : 'spaces:people.invited')}</span>
						<Time at={person.invitedAt} />
					</p>
				</div>
				<form method="post">
					<input type="hidden" name="member" value={person.id} />
					<Button kind="quiet" icon="x" name="intent" value="take">
						{t(person.cameIn ? 'spaces:people.takeOut' : 'spaces:people.takeBack')}
					</Button>
				</form>
			</div>
		</Card>
	)
}
