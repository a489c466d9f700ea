import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, PageHead, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { PeopleList as List } from '../people-list.server'
import type { PersonSeen } from '../person.server'
import { answerTo } from './answer'
import { PeopleList } from './people-list'
import { PersonCard, type RoleChoices } from './person-card'

interface Waiting {
	id: string
	handle: string
	joinedAt: Date
	/** Somebody of this name left while a decision held. */
	nameHeld: boolean
}

interface Props {
	waiting: Waiting[]
	list: List
	person: PersonSeen | null
	choices: RoleChoices
	/** What a suspension rests on: the fields for it, which are moderation's. */
	reasons: ReactNode
	result?: FormResult
}

/**
 * A coordinator's page: who waits, one woman at a time, found by her exact handle, and lists of those whom she looks
 * after. There is no list of everybody.
 */
export function PeoplePage({ waiting, list, person, choices, reasons, result }: Props) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('auth:people.title')}
				lead={t('auth:people.lead')}
				back={{ to: '/coordination', label: t('auth:people.back') }}
			/>
			<Section title={t('auth:people.waitingTitle')}>
				{waiting.length === 0 ? (
					<p className="muted">{t('auth:people.waitingNone')}</p>
				) : (
					<CardList label={t('auth:people.waitingLabel')}>
						{waiting.map((woman) => (
							<WaitingCard key={woman.id} woman={woman} result={result} />
						))}
					</CardList>
				)}
			</Section>
			<Section title={t('auth:people.findTitle')}>
				<Form result={answerTo(result, { intent: 'find' })} id="find">
					<input type="hidden" name="intent" value="find" />
					<Field
						name="handle"
						label={t('auth:people.find')}
						hint={t('auth:people.findHint')}
						autoComplete="off"
						spellCheck={false}
						dir="auto"
						required
					/>
					<Submit kind="quiet" icon="search">
						{t('auth:people.findSubmit')}
					</Submit>
				</Form>
			</Section>
			{person ? <PersonCard person={person} choices={choices} reasons={reasons} result={result} /> : null}
			<PeopleList list={list} />
		</>
	)
}

function WaitingCard({ woman, result }: { woman: Waiting; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="waiting">
			<div className="stack">
				<div>
					<strong>
						<Bdi>{woman.handle}</Bdi>
					</strong>
					<p className="meta">
						<span>{t('auth:people.joined')}</span>
						<Time at={woman.joinedAt} />
					</p>
				</div>
				{woman.nameHeld ? <p>{t('coordination:people.nameHeld')}</p> : null}
				<Form result={answerTo(result, { intent: 'approve', member: woman.id })}>
					<input type="hidden" name="member" value={woman.id} />
					<Button icon="check" name="intent" value="approve">
						{t('auth:people.approve')}
					</Button>
				</Form>
				<Disclosure summary={t('auth:people.declineFold')}>
					<Form result={answerTo(result, { intent: 'decline', member: woman.id })}>
						<p>{t('auth:people.declineText')}</p>
						<input type="hidden" name="member" value={woman.id} />
						<Button kind="danger" icon="trash-2" name="intent" value="decline">
							{t('auth:people.decline')}
						</Button>
					</Form>
				</Disclosure>
			</div>
		</Card>
	)
}
