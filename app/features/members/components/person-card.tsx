import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Card } from '~/ui/card'
import { ChoiceGroup, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { LanguageChoice } from '~/ui/language-choice'
import { Disclosure, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { PersonSeen } from '../person.server'
import { answerTo } from './answer'
import { PersonFacts } from './person-facts'

export interface RoleChoices {
	roles: readonly string[]
	organisations: { id: string; name: string }[]
	spaces: { id: string; name: Said }[]
}

type Props = { person: PersonSeen; choices: RoleChoices; reasons: ReactNode; result?: FormResult }

/** One woman: her standing, her roles, and what a coordinator can change of both. */
export function PersonCard({ person, choices, reasons, result }: Props) {
	const { t } = useTranslation()
	return (
		<Section title={<Bdi>{person.handle}</Bdi>} id="person">
			<Card item="person">
				<div className="stack">
					<p className="row">
						<span className="badge">{t(`auth:people.status.${person.status}`)}</span>
						{person.self ? <span>{t('auth:people.self')}</span> : null}
						<span className="meta">
							<span>{t('auth:people.joined')}</span>
							<Time at={person.joinedAt} />
						</span>
					</p>
					<PersonFacts person={person} />
					<Roles person={person} spaces={choices.spaces} result={result} />
				</div>
			</Card>
			<div className="stack section">
				{person.status === 'active' ? <GiveRole person={person} choices={choices} result={result} /> : null}
				{person.self ? null : <Standing person={person} reasons={reasons} result={result} />}
			</div>
		</Section>
	)
}

type RolesProps = { person: PersonSeen; spaces: RoleChoices['spaces']; result?: FormResult }

function Roles({ person, spaces, result }: RolesProps) {
	const { t } = useTranslation()
	if (person.roles.length === 0) return <p className="muted">{t('auth:people.rolesNone')}</p>
	return (
		<ul className="stack" aria-label={t('auth:people.rolesTitle')}>
			{person.roles.map((grant) => (
				<li key={grant.id} className="row between">
					<span className="row">
						<strong>{t(`auth:people.role.${grant.role}`)}</strong>
						<Scope grant={grant} spaces={spaces} />
						<span className="meta">
							<span>{t('auth:people.given')}</span>
							<Time at={grant.givenAt} />
						</span>
					</span>
					{grant.role === 'mentor' ? null : (
						<Form result={answerTo(result, { intent: 'take', grant: grant.id })}>
							<input type="hidden" name="member" value={person.id} />
							<input type="hidden" name="grant" value={grant.id} />
							<Button kind="quiet" name="intent" value="take">
								{t('auth:people.take')}
							</Button>
						</Form>
					)}
				</li>
			))}
		</ul>
	)
}

function Scope({ grant, spaces }: { grant: PersonSeen['roles'][number]; spaces: RoleChoices['spaces'] }) {
	const { t } = useTranslation()
	if (grant.organisation) return <Bdi>{grant.organisation}</Bdi>
	if (grant.role !== 'moderator') return null
	const space = spaces.find(({ id }) => id === grant.spaceId)
	return (
		<>
			<span>{space ? <SaidText said={space.name} /> : t('auth:people.everySpace')}</span>
			{grant.languages ? (
				grant.languages.map((tag) => <LanguageTag key={tag} tag={tag} />)
			) : (
				<span>{t('coordination:people.everyLanguage')}</span>
			)}
		</>
	)
}

const choose = (first: string, items: { id: string; name: string }[]) => [
	{ value: '', label: first },
	...items.map(({ id, name }) => ({ value: id, label: name })),
]

function GiveRole({ person, choices, result }: Omit<Props, 'reasons'>) {
	const { t } = useTranslation()
	const given = answerTo(result, { intent: 'give' })
	const roles = choices.roles.map((role) => ({ value: role, label: t(`auth:people.role.${role}`) }))
	return (
		<Disclosure summary={t('auth:people.giveTitle')} icon="plus" open={given !== undefined}>
			<Form result={given} id="give">
				<input type="hidden" name="intent" value="give" />
				<input type="hidden" name="member" value={person.id} />
				<Select name="role" label={t('auth:people.roleLabel')} options={roles} />
				<Select
					name="organisation"
					label={t('auth:people.organisationLabel')}
					hint={t('auth:people.organisationHint')}
					options={choose(t('auth:people.none'), choices.organisations)}
				/>
				<Select
					name="space"
					label={t('auth:people.spaceLabel')}
					hint={t('auth:people.spaceHint')}
					options={choose(
						t('auth:people.everySpace'),
						choices.spaces.map(({ id, name }) => ({ id, name: name.text })),
					)}
				/>
				<Disclosure
					summary={t('coordination:people.languages')}
					icon="languages"
					open={given?.values?.languages !== undefined}
				>
					<ChoiceGroup
						name="languages"
						legend={t('coordination:people.languages')}
						hint={t('coordination:people.languagesHint')}
						optional
						sideBySide
					>
						{LANGUAGE_TAGS.map((tag) => (
							<LanguageChoice key={tag} name="languages" tag={tag} />
						))}
					</ChoiceGroup>
				</Disclosure>
				<p className="hint">{t('auth:people.giveText')}</p>
				<Submit>{t('auth:people.give')}</Submit>
			</Form>
		</Disclosure>
	)
}

function Standing({ person, reasons, result }: Omit<Props, 'choices'>) {
	const { t } = useTranslation()
	const suspended = answerTo(result, { intent: 'suspend' })
	if (person.status === 'waiting') return null
	if (person.status === 'suspended') {
		return (
			<Form>
				<input type="hidden" name="member" value={person.id} />
				<Button kind="quiet" icon="undo-2" name="intent" value="restore">
					{t('auth:people.restore')}
				</Button>
			</Form>
		)
	}
	return (
		<Disclosure summary={t('auth:people.suspendFold')} open={suspended !== undefined}>
			<Form result={suspended} id="suspend">
				<p>{t('auth:people.suspendText')}</p>
				<input type="hidden" name="member" value={person.id} />
				{reasons}
				<Button kind="danger" icon="user-round-x" name="intent" value="suspend">
					{t('auth:people.suspend')}
				</Button>
			</Form>
		</Disclosure>
	)
}
