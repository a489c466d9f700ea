import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { Time } from '~/ui/text'
import { answerTo } from './answer'

interface BlockedPageProps {
	blocked: { id: string; handle: string; at: Date }[]
	/** Whose words are folded for her. */
	muted: { id: string; handle: string; since: Date }[]
	/** Whom she came to block or mute. */
	person: { id: string; handle: string } | null
	done: 'blocked' | 'lifted' | 'muted' | 'unmuted' | null
	result?: FormResult
}

/** Whom she wants to see nothing of, or less, and the way to block someone by her name. */
export function BlockedPage({ blocked, muted, person, done, result }: BlockedPageProps) {
	const { t } = useTranslation()
	const isMuted = person !== null && muted.some(({ id }) => id === person.id)
	return (
		<>
			<PageHead
				title={t('blocks:title')}
				lead={t('blocks:lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			<div className="stack">
				{done && !result ? <Notice kind="good" title={t(`blocks:done.${done}`)} /> : null}
				{person && !isMuted ? <Mute person={person} result={answerTo(result, { intent: 'mute' })} /> : null}
				{person ? <Confirm person={person} result={answerTo(result, { intent: 'block' })} /> : null}
			</div>
			<Section title={t('blocks:listTitle')}>
				{blocked.length === 0 ? (
					<p className="muted">{t('blocks:none')}</p>
				) : (
					<People
						label={t('blocks:listTitle')}
						people={blocked}
						end={{ item: 'blocked', intent: 'unblock', label: t('blocks:unblock') }}
					/>
				)}
			</Section>
			{muted.length > 0 ? (
				<Section title={t('blocks:mute.listTitle')} id="muted">
					<People
						label={t('blocks:mute.listTitle')}
						people={muted.map(({ since, ...her }) => ({ ...her, at: since }))}
						end={{ item: 'muted', intent: 'unmute', label: t('blocks:mute.end') }}
					/>
				</Section>
			) : null}
			<ByName
				result={answerTo(result, { intent: 'blockName' }) ?? answerTo(result, { intent: 'unblockName' })}
			/>
			<p>
				<a href="/report/person">{t('reports:person.link')}</a>
			</p>
		</>
	)
}

/** The softer way first: nothing ends, and nobody else notices. */
function Mute({ person, result }: { person: NonNullable<BlockedPageProps['person']>; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Card>
			<div className="stack">
				<Person handle={person.handle} seed={person.id} />
				<p>{t('blocks:mute.what')}</p>
				<Form result={result} id="mute">
					<input type="hidden" name="member" value={person.id} />
					<Button kind="quiet" icon="eye-off" name="intent" value="mute">
						{t('blocks:mute.do')}
					</Button>
				</Form>
			</div>
		</Card>
	)
}

function Confirm({
	person,
	result,
}: {
	person: NonNullable<BlockedPageProps['person']>
	result?: FormResult
}) {
	const { t } = useTranslation()
	return (
		<Card tone="care">
			<div className="stack">
				<Person handle={person.handle} seed={person.id} />
				<p>{t('blocks:what')}</p>
				<p>{t('blocks:ends')}</p>
				<p>{t('blocks:reportFirst')}</p>
				<Form result={result} id="confirm">
					<input type="hidden" name="member" value={person.id} />
					<Button kind="danger" icon="user-round-x" name="intent" value="block">
						{t('blocks:block')}
					</Button>
				</Form>
			</div>
		</Card>
	)
}

interface PeopleProps {
	label: string
	people: { id: string; handle: string; at: Date }[]
	/** What takes her off the list. */
	end: { item: string; intent: string; label: string }
}

function People({ label, people, end }: PeopleProps) {
	return (
		<CardList label={label}>
			{people.map(({ id, handle, at }) => (
				<Card as="li" key={id} item={end.item}>
					<div className="row between">
						<div>
							<Person handle={handle} seed={id} />
							<p className="meta">
								<Time at={at} />
							</p>
						</div>
						<Form>
							<input type="hidden" name="member" value={id} />
							<Button kind="quiet" icon="undo-2" name="intent" value={end.intent}>
								{end.label}
							</Button>
						</Form>
					</div>
				</Card>
			))}
		</CardList>
	)
}

/** One answer for every name: this form must not tell who is here. */
function ByName({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('blocks:byName')} id="by-name">
			<Form result={result} id="name">
				<p>{t('blocks:byNameText')}</p>
				<Field
					name="handle"
					label={t('blocks:name')}
					hint={t('blocks:nameHint')}
					autoComplete="off"
					spellCheck={false}
					dir="auto"
					required
				/>
				<div className="row">
					<Button kind="danger" icon="user-round-x" name="intent" value="blockName">
						{t('blocks:block')}
					</Button>
					<Button kind="quiet" icon="undo-2" name="intent" value="unblockName">
						{t('blocks:unblock')}
					</Button>
				</div>
			</Form>
		</Section>
	)
}
