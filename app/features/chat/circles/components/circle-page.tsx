import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, type FormResult, Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { Refused } from '../../led/components/act'

interface OneOfThem {
	id: string
	handle: string
	/** She looks after the circle. */
	hosts: boolean
	self: boolean
}

export interface CirclePageProps {
	circle: {
		id: string
		name: { text: string; lang: string; dir: 'ltr' | 'rtl' }
		closed: boolean
		/** It is the reader's to look after. */
		hosts: boolean
	}
	people: OneOfThem[]
	/** Whom she has invited and who is not in it. */
	invited: { id: string; handle: string }[]
	size: number
	/** She has just asked somebody. */
	asked: boolean
	result?: FormResult
}

/** Who is in a circle, and what can be done about it. */
export function CirclePage({ circle, people, invited, size, asked, result }: CirclePageProps) {
	const { t } = useTranslation()
	const why = result?.details?.why ? result : undefined
	const inCharge = circle.hosts && !circle.closed
	return (
		<>
			<PageHead
				title={t('circles:people.title')}
				lead={
					<span lang={circle.name.lang} dir={circle.name.dir}>
						{circle.name.text}
					</span>
				}
				back={{ to: `/chat/${circle.id}#end`, label: t('circles:people.back') }}
			/>
			<Refused result={why} />
			{asked && !result ? (
				<div className="after-head">
					<Notice kind="good">{t('circles:invite.asked')}</Notice>
				</div>
			) : null}
			{inCharge ? <Inviting size={size} result={why ? undefined : result} /> : null}
			{inCharge ? <Invited invited={invited} /> : null}
			<Section title={t('circles:people.list')}>
				{circle.closed || circle.hosts ? null : <p className="hint">{t('circles:people.later')}</p>}
				<CardList label={t('circles:people.list')}>
					{people.map((person) => (
						<PersonCard key={person.id} person={person} inCharge={inCharge} />
					))}
				</CardList>
			</Section>
			{inCharge ? (
				<Ending intent="close" icon="lock" title={t('circles:close.title')} text={t('circles:close.text')}>
					{t('circles:close.close')}
				</Ending>
			) : null}
			<Ending
				intent="leave"
				icon="log-out"
				title={t('circles:leave.title')}
				text={t(circle.hosts ? 'circles:leave.hostText' : 'circles:leave.text')}
			>
				{t('circles:leave.leave')}
			</Ending>
			<p className="meta">
				<a className="quiet-link" href={`/chat/${circle.id}/forget`}>
					<Icon name="trash-2" />
					<span>{t('keeping:link.leave')}</span>
				</a>
				{circle.hosts ? null : (
					<a className="quiet-link" href={`/report/circle/${circle.id}`}>
						<Icon name="flag" />
						<span>{t('chat:report')}</span>
					</a>
				)}
			</p>
		</>
	)
}

function Inviting({ size, result }: { size: number; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('circles:invite.title')}>
			<Form result={result} id="invite">
				<p>{t('circles:invite.text', { most: size })}</p>
				<input type="hidden" name="intent" value="invite" />
				<Field
					name="handle"
					label={t('circles:invite.handle')}
					hint={t('circles:invite.handleHint')}
					autoComplete="off"
					spellCheck={false}
					dir="auto"
					required
				/>
				<Submit icon="send">{t('circles:invite.invite')}</Submit>
			</Form>
		</Section>
	)
}

/** Invitations of hers that stand, each with the way to take it back. */
function Invited({ invited }: Pick<CirclePageProps, 'invited'>) {
	const { t } = useTranslation()
	if (invited.length === 0) return null
	return (
		<Section title={t('circles:invited.title')}>
			<p className="hint">{t('circles:invited.text')}</p>
			<CardList label={t('circles:invited.title')}>
				{invited.map(({ id, handle }) => (
					<Card as="li" item="invited" key={id}>
						<Person handle={handle} seed={id} />
						<form method="post" className="actions">
							<input type="hidden" name="member" value={id} />
							<Button kind="quiet" icon="undo-2" name="intent" value="take-back">
								{t('circles:invited.takeBack')}
							</Button>
						</form>
					</Card>
				))}
			</CardList>
		</Section>
	)
}

function PersonCard({ person, inCharge }: { person: OneOfThem; inCharge: boolean }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="person">
			<Person handle={person.handle} seed={person.id} />
			{person.hosts ? <p className="meta">{t('circles:people.host')}</p> : null}
			{inCharge && !person.self ? (
				<Disclosure summary={t('circles:people.more')}>
					<form method="post" className="form">
						<input type="hidden" name="member" value={person.id} />
						<p>{t('circles:people.takeOutText')}</p>
						<Button kind="danger" icon="user-round-x" name="intent" value="take-out">
							{t('circles:people.takeOut')}
						</Button>
					</form>
					<form method="post" className="form">
						<input type="hidden" name="member" value={person.id} />
						<p>{t('circles:people.handOnText')}</p>
						<Button kind="quiet" icon="handshake" name="intent" value="hand-on">
							{t('circles:people.handOn')}
						</Button>
					</form>
				</Disclosure>
			) : null}
		</Card>
	)
}

interface EndingProps {
	intent: 'close' | 'leave'
	icon: 'lock' | 'log-out'
	title: string
	text: string
	children: ReactNode
}

/** What cannot be taken back asks once more. */
function Ending({ intent, icon, title, text, children }: EndingProps) {
	return (
		<Disclosure summary={title}>
			<form method="post" className="form">
				<input type="hidden" name="intent" value={intent} />
				<p>{text}</p>
				<Submit kind="danger" icon={icon}>
					{children}
				</Submit>
			</form>
		</Disclosure>
	)
}
