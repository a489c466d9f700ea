import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { MessageBubble, MessageGroup } from '~/ui/talk'
import type { Held, Message } from '../../chat.wire'
import { useTalk } from '../../components/talk-context'

interface HeldTalkProps {
	held: readonly Held[]
	/** What is said already; a message of hers that waited has its key. */
	messages: readonly Message[]
	closed: boolean
}

/** What of hers waits to be let through: she alone sees it, and why. */
export function HeldTalk({ held, messages, closed }: HeldTalkProps) {
	const { me } = useTalk()
	const waiting = held.filter(({ key }) => !messages.some((message) => message.key === key))
	if (waiting.length === 0) return null
	return (
		<ul className="talk">
			<MessageGroup own handle={me.handle} seed={me.id}>
				{waiting.map((one) => (
					<HeldBubble key={one.id} held={one} closed={closed} />
				))}
			</MessageGroup>
		</ul>
	)
}

function whyOf({ lang, seen }: Held, closed: boolean) {
	if (closed) return 'closed'
	if (seen) return 'seen'
	return lang ? 'waits' : 'waitsAny'
}

function HeldBubble({ held, closed }: { held: Held; closed: boolean }) {
	const { t } = useTranslation()
	const language = isolated(endonym(held.lang ?? ''))
	return (
		<MessageBubble id={`m-${held.id}`} lang={held.lang ?? undefined} dir={held.dir} body={held.body}>
			<span>{t(`chat:held.${whyOf(held, closed)}`, { language })}</span>
			<form method="post">
				<input type="hidden" name="id" value={held.id} />
				<Button kind="plain" name="intent" value="remove">
					{t('chat:own.remove')}
				</Button>
			</form>
		</MessageBubble>
	)
}
