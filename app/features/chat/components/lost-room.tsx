import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Notice, PageHead } from '~/ui/page'
import type { Pending } from '../live/outbox'
import { useTalk } from './talk-context'

/** What stands where she wrote: asked while that is still on the page. */
const written = () => document.querySelector<HTMLTextAreaElement>('#write [name="body"]')?.value

/** In place of a room that is not there for her any more: nothing of it, and what she had not sent, to copy. */
export function LostRoom({ pending }: { pending: readonly Pending[] }) {
	const { t } = useTranslation()
	const { live } = useTalk()
	const [draft] = useState(() => written() || live?.options.draft.read())
	const words = [...pending.map(({ body }) => body), draft ?? ''].filter((text) => text.trim() !== '')
	return (
		<>
			<PageHead title={t('chat:rooms.title')} back={{ to: '/chat', label: t('chat:room.back') }} />
			<div role="status">
				<Notice kind="info">{t('chat:lost.title')}</Notice>
			</div>
			{words.length > 0 ? (
				<label className="form">
					<span>{t('chat:lost.words')}</span>
					<textarea className="input" dir="auto" rows={6} readOnly defaultValue={words.join('\n\n')} />
				</label>
			) : null}
			<p className="actions">
				<ButtonLink to="/chat" kind="quiet">
					{t('chat:room.back')}
				</ButtonLink>
			</p>
		</>
	)
}
