import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { CHANGE_WITHIN_MINUTES, MESSAGE } from '../chat.limits'
import type { Message } from '../chat.wire'
import { ContactQuestion, contactOf } from './contact-question'
import { SignPicker } from './message-marks'
import { useTalk } from './talk-context'

/** Answers this one message. */
export function ReplyLink({ message }: { message: Message }) {
	const { t } = useTranslation()
	const { room, mayWrite, live } = useTalk()
	if (!mayWrite) return null
	return (
		<a
			className="quiet-link"
			href={`/chat/${room}?reply=${message.id}#write`}
			onClick={(event) => {
				if (!live) return
				event.preventDefault()
				live.compose({ id: message.id })
			}}
		>
			<Icon name="reply" />
			<span>{t('chat:answer.reply')}</span>
		</a>
	)
}

/** Under what another woman said: a sign, the way to tell a moderator, and the way to see nothing more of her. */
export function OthersActions({ message }: { message: Message }) {
	const { t } = useTranslation()
	const { mayWrite } = useTalk()
	return (
		<Disclosure summary={t('chat:more')}>
			{mayWrite ? <SignPicker message={message} /> : null}
			<p className="row">
				<a className="quiet-link" href={`/report/message/${message.id}`}>
					<Icon name="flag" />
					<span>{t('chat:report')}</span>
				</a>
				{message.authorId ? <BlockLink memberId={message.authorId} /> : null}
			</p>
		</Disclosure>
	)
}

const MINUTE_MS = 60_000

/** Whether her words are still hers to change; the server's clock decides in the end. */
const isYoung = (message: Message, now: Date) =>
	now.getTime() - Date.parse(message.at) < CHANGE_WITHIN_MINUTES * MINUTE_MS

/** Under her own words, for ten minutes: change them, or take them back. */
export function OwnActions({ message, result }: { message: Message; result?: FormResult }) {
	const { t } = useTranslation()
	const { mayWrite, now } = useTalk()
	if (!result && !isYoung(message, now)) return null
	const removing = result?.values?.intent === 'remove'
	return (
		<Disclosure summary={t('chat:own.change')} open={result !== undefined}>
			{mayWrite ? (
				<Form result={removing ? undefined : result} id={`edit-${message.id}`}>
					<input type="hidden" name="intent" value="edit" />
					<input type="hidden" name="id" value={message.id} />
					<TextArea
						name="words"
						label={t('chat:own.words')}
						rows={2}
						defaultValue={message.body}
						counter={MESSAGE.graphemes}
						required
					/>
					<ContactQuestion contact={contactOf(result)} />
					<Submit>{t('common:actions.save')}</Submit>
				</Form>
			) : null}
			<Form result={removing ? result : undefined} id={`remove-${message.id}`}>
				<input type="hidden" name="intent" value="remove" />
				<input type="hidden" name="id" value={message.id} />
				<p className="muted">{t('chat:own.removeHint')}</p>
				<Submit kind="danger" icon="trash-2">
					{t('chat:own.remove')}
				</Submit>
			</Form>
		</Disclosure>
	)
}
