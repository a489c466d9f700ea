import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { Disclosure, PageHead, Section } from '~/ui/page'
import { Bdi } from '~/ui/text'
import type { Message } from '../../chat.wire'
import { SESSION, SLOW_SECONDS } from '../session.limits'
import type { HostView, SessionView } from '../session.wire'
import { Act, Refused } from './act'
import { LeadPerson } from './lead-person'
import { Holding, Lobby, Running } from './lead-tools'

interface LeadPageProps {
	room: { id: string; name: string; lang: string; dir: 'ltr' | 'rtl' }
	view: SessionView & { host: HostView }
	/** The last messages, to pin one. */
	latest: Message[]
	me: string
	result?: FormResult
}

/** All tools of the hosts, in one place; works without scripts. */
export function LeadPage({ room, view, latest, me, result }: LeadPageProps) {
	const { t } = useTranslation()
	const going = view.state !== 'ended'
	return (
		<>
			<PageHead
				title={t('sessions:lead.title')}
				lead={
					<span lang={room.lang} dir={room.dir}>
						{room.name}
					</span>
				}
				back={{ to: `/chat/${room.id}#end`, label: t('sessions:lead.back') }}
			/>
			<Refused result={result?.values?.intent === 'note' ? undefined : result} />
			{going ? (
				<>
					<Section title={t('sessions:lead.now')}>
						<div className="stack">
							{view.host.lobby.length > 0 ? <Lobby lobby={view.host.lobby} /> : null}
							<div className="actions">
								<Running view={view} />
								<Holding view={view} />
							</div>
							<Talk view={view} />
						</div>
					</Section>
					<Agenda view={view} />
					<Section title={t('sessions:lead.people')}>
						<CardList label={t('sessions:lead.people')}>
							{view.people
								.filter(({ id }) => id !== me)
								.map((person) => (
									<LeadPerson key={person.id} person={person} view={view} />
								))}
						</CardList>
					</Section>
					<Pins view={view} latest={latest} />
				</>
			) : null}
			<Note note={view.host.note} result={result?.values?.intent === 'note' ? result : undefined} />
			{view.state === 'planned' ? (
				<p className="actions">
					<ButtonLink to={`/chat/${room.id}/plan`} kind="quiet" icon="pencil">
						{t('sessions:lead.edit')}
					</ButtonLink>
				</p>
			) : null}
			{going && view.state !== 'planned' ? <End /> : null}
		</>
	)
}

/** How the talk goes: doors, slow, one at a time. */
function Talk({ view }: { view: SessionView }) {
	const { t } = useTranslation()
	return (
		<>
			<Act
				intent="doors"
				fields={
					<Select
						name="doors"
						label={t('sessions:plan.doors')}
						options={(['closed', 'lobby', 'open'] as const).map((doors) => ({
							value: doors,
							label: t(`sessions:doors.${doors}`),
						}))}
						defaultValue={view.doors}
					/>
				}
			>
				{t('sessions:lead.set')}
			</Act>
			<Act
				intent="slow"
				fields={
					<Select
						name="seconds"
						label={t('sessions:lead.slow')}
						options={SLOW_SECONDS.map((count) => ({
							value: String(count),
							label: count === 0 ? t('sessions:lead.notSlow') : t('sessions:lead.seconds', { count }),
						}))}
						defaultValue={String(view.slowSeconds)}
					/>
				}
			>
				{t('sessions:lead.set')}
			</Act>
			<Act intent="turns" with={{ on: view.oneAtATime ? 'no' : 'yes' }}>
				{t(view.oneAtATime ? 'sessions:lead.turnsOff' : 'sessions:lead.turnsOn')}
			</Act>
		</>
	)
}

function Agenda({ view: { agenda, step, lang, dir } }: { view: SessionView }) {
	const { t } = useTranslation()
	if (agenda.length === 0) return null
	return (
		<Section title={t('sessions:room.agenda')}>
			<ol className="steps">
				{agenda.map((text, at) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two steps may read alike, and their order is what they are
					<li key={at} aria-current={at === step ? 'step' : undefined}>
						<span lang={lang} dir={dir}>
							{at === step ? <strong>{text}</strong> : text}
						</span>
						{at === step ? null : (
							<Act intent="step" with={{ step: String(at) }} kind="plain">
								{t('sessions:lead.step')}
							</Act>
						)}
					</li>
				))}
			</ol>
		</Section>
	)
}

function Pins({ view: { pinned }, latest }: { view: SessionView; latest: Message[] }) {
	const { t } = useTranslation()
	const others = latest.filter(({ id }) => id !== pinned?.id)
	if (!pinned && others.length === 0) return null
	return (
		<Section title={t('sessions:room.pinned')}>
			{pinned ? (
				<Card tone="new">
					<Words message={pinned} />
					<Act intent="unpin" kind="plain">
						{t('sessions:lead.unpin')}
					</Act>
				</Card>
			) : null}
			{others.length > 0 ? (
				<Disclosure summary={t('sessions:lead.pins')} icon="pin">
					<CardList label={t('sessions:lead.pins')}>
						{others.map((message) => (
							<Card as="li" key={message.id}>
								<Words message={message} />
								<Act intent="pin" with={{ id: message.id }} kind="plain" icon="pin">
									{t('sessions:lead.pin')}
								</Act>
							</Card>
						))}
					</CardList>
				</Disclosure>
			) : null}
		</Section>
	)
}

function Words({ message: { author, body, lang, dir } }: { message: Message }) {
	const { t } = useTranslation()
	return (
		<>
			<p className="meta">
				<Bdi>{author ?? t('chat:formerMember')}</Bdi>
			</p>
			<p className="whitespace-pre-line" lang={lang ?? undefined} dir={dir}>
				{body}
			</p>
		</>
	)
}

function Note({ note, result }: { note: string; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('sessions:lead.note')}>
			<Form result={result} id="note">
				<input type="hidden" name="intent" value="note" />
				<TextArea
					name="note"
					label={t('sessions:lead.noteLabel')}
					hint={t('sessions:lead.noteHint')}
					rows={5}
					counter={SESSION.note.graphemes}
					defaultValue={note}
				/>
				<Submit>{t('common:actions.save')}</Submit>
			</Form>
		</Section>
	)
}

function End() {
	const { t } = useTranslation()
	return (
		<div className="section">
			<Disclosure summary={t('sessions:lead.end')}>
				<Act intent="end" kind="danger" icon="door-open" fields={<p>{t('sessions:lead.endText')}</p>}>
					{t('sessions:lead.end')}
				</Act>
			</Disclosure>
		</div>
	)
}
