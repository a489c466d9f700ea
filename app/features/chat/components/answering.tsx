import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { Icon } from '~/ui/icon'
import type { Message } from '../chat.wire'
import type { Composing } from '../live/live-state'
import { MessageQuote } from './said'
import { useTalk } from './talk-context'

/** Above the field: what she answers, or says in another language, and the way to let it be. */
export function Answering({
	composing,
	target,
}: {
	composing: Composing | null
	target: Message | null | undefined
}) {
	const { t } = useTranslation()
	const { room, live } = useTalk()
	if (!composing) return null
	const { id, language } = composing
	return (
		<div className="answering">
			<input type="hidden" name={language ? 'translationOf' : 'replyTo'} value={id} />
			<p>
				{language
					? t('chat:answer.saying', { language: isolated(endonym(language)) })
					: t('chat:answer.title')}
			</p>
			<MessageQuote message={target} />
			<a
				className="quiet-link"
				href={`/chat/${room}#write`}
				onClick={(event) => {
					if (!live) return
					event.preventDefault()
					live.compose(null)
				}}
			>
				<Icon name="x" />
				<span>{t('chat:answer.drop')}</span>
			</a>
		</div>
	)
}
