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
	/** Whom she came to block. */
	person: { id: string; handle: string } | null
	done: 'blocked' | 'lifted' | null
	result?: FormResult
}

/** Whom she wants to see nothing of, and the way to block someone by her name. */
export function BlockedPage({ blocked, person, done, result }: BlockedPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('blocks:title')}
				lead={t('blocks:lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			<div className="stack">
				{done && !result ? <Notice kind="good" title={t(`blocks:done.${done}`)} /> : null}
				{person ? <Confirm person={person} result={answerTo(result, { intent: 'block' })} /> : null}
			</div>
			<Section title={t('blocks:listTitle')}>
				{blocked.length === 0 ? <p className="muted">{t('blocks:none')}</p> : <List blocked={blocked} />}
			</Section>
			<ByName
				result={answerTo(result, { intent: 'blockName' }) ?? answerTo(result, { intent: 'unblockName' })}
			/>
		</>
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

function List({ blocked }: Pick<BlockedPageProps, 'blocked'>) {
	const { t } = useTranslation()
	return (
		<CardList label={t('blocks:listTitle')}>
			{blocked.map(({ id, handle, at }) => (
				<Card as="li" key={id} item="blocked">
					<div className="row between">
						<div>
							<Person handle={handle} seed={id} />
							<p className="meta">
								<Time at={at} />
							</p>
						</div>
						<Form>
							<input type="hidden" name="member" value={id} />
							<Button kind="quiet" icon="undo-2" name="intent" value="unblock">
								{t('blocks:unblock')}
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
