import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { MESSAGE } from '../chat.limits'
import type { Message } from '../chat.wire'

/** Under what another woman said: the way to tell a moderator, and the way to see nothing more of her. */
export function OthersActions({ message }: { message: Message }) {
	const { t } = useTranslation()
	return (
		<>
			<a className="quiet-link" href={`/report/message/${message.id}`}>
				<Icon name="flag" />
				<span>{t('chat:report')}</span>
			</a>
			{message.authorId ? <BlockLink memberId={message.authorId} /> : null}
		</>
	)
}

/** Under her own words: change them, or take them back. */
export function OwnActions({
	message,
	mayWrite,
	result,
}: {
	message: Message
	mayWrite: boolean
	result?: FormResult
}) {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('chat:own.change')} open={result !== undefined}>
			{mayWrite ? (
				<Form result={result} id={`edit-${message.id}`}>
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
					<Submit>{t('common:actions.save')}</Submit>
				</Form>
			) : null}
			<form method="post" className="form">
				<input type="hidden" name="intent" value="remove" />
				<input type="hidden" name="id" value={message.id} />
				<p className="muted">{t('chat:own.removeHint')}</p>
				<Submit kind="danger" icon="trash-2">
					{t('chat:own.remove')}
				</Submit>
			</form>
		</Disclosure>
	)
}
