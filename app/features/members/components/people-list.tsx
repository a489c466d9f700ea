import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Pager, Pill, Pills, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { PeopleList as List } from '../people-list.server'
import { PEOPLE_SHOWN, type PeopleShown } from '../people-shown'

const PATH = '/coordination/people'
const ROLES: readonly PeopleShown[] = ['moderator', 'practitioner', 'lead', 'coordinator']

/** Women by what a coordinator looks after, a page at a time. */
export function PeopleList({ list: { show, people, older } }: { list: List }) {
	const { t } = useTranslation()
	const name = (shown: PeopleShown) =>
		ROLES.includes(shown) ? t(`auth:people.role.${shown}`) : t(`coordination:people.${shown}`)
	return (
		<Section title={t('coordination:people.listTitle')} id="list">
			<div className="stack">
				<Pills label={t('coordination:people.listTitle')}>
					{PEOPLE_SHOWN.map((shown) => (
						<Pill key={shown} to={`${PATH}?show=${shown}#list`} current={shown === show}>
							{name(shown)}
						</Pill>
					))}
				</Pills>
				{people.length === 0 ? (
					<p className="muted">{t('coordination:people.listNone')}</p>
				) : (
					<CardList label={name(show)}>
						{people.map((person) => (
							<PersonRow key={person.id} person={person} />
						))}
					</CardList>
				)}
			</div>
			<Pager olderTo={older ? `${PATH}?show=${show}&before=${older}#list` : undefined} />
		</Section>
	)
}

function PersonRow({ person }: { person: List['people'][number] }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="person-row">
			<a className="row-link" href={`${PATH}?member=${person.id}#person`}>
				<Bdi>{person.handle}</Bdi>
			</a>
			<p className="meta">
				<span>{t(`auth:people.status.${person.status}`)}</span>
				{person.roles.map((role) => (
					<span key={role}>{t(`auth:people.role.${role}`)}</span>
				))}
				<span>{t('auth:people.joined')}</span>
				<Time at={person.joinedAt} />
			</p>
		</Card>
	)
}
