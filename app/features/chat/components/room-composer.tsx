import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { ComposerBar } from '~/ui/talk'
import { MESSAGE } from '../chat.limits'
import { fits } from '../live/fits'
import type { LiveRoom } from '../live/live-room'

const TOO_LONG: FormResult = { ok: false, code: 'invalid', fields: { body: 'errors:tooLong' } }

interface ComposerProps {
	/** Made by the page, so that the form sent twice is one message. */
	formKey: string
	result?: FormResult
	live?: LiveRoom
	/** Words wait for a connection: said again here, since the line under the title may be far above. */
	trying: boolean
	/** How many messages came while she read above. */
	unseen: number
}

/** Where she writes: a plain form, and where the page is alive the same words go out by the socket. */
export function RoomComposer({ formKey, result, live, trying, unseen }: ComposerProps) {
	const { t } = useTranslation()
	const [problem, setProblem] = useState<FormResult>()
	const [sent, setSent] = useState(0)

	function submit(event: FormEvent<HTMLFormElement>) {
		if (!live) return
		event.preventDefault()
		const area = event.currentTarget.elements.namedItem('body') as HTMLTextAreaElement
		const body = area.value.trim()
		if (body === '') return area.focus()
		if (!fits(body)) return setProblem(TOO_LONG)
		live.send(body)
		setProblem(undefined)
		setSent(sent + 1)
		area.value = ''
		// The counter of the page listens to this.
		area.dispatchEvent(new Event('input', { bubbles: true }))
		area.focus()
	}

	// What the server refused is answered; what she sends after that is a new matter.
	const shown = problem ?? (sent === 0 ? result : undefined)
	return (
		<ComposerBar>
			{unseen > 0 ? (
				<a className="unseen" href="#end">
					{t('chat:room.unseen', { count: unseen })}
				</a>
			) : null}
			{trying ? (
				<p className="connection trying" aria-hidden="true">
					<Icon name="wifi-off" />
					<span>{t('common:talk.trying')}</span>
				</p>
			) : null}
			<Form result={shown} id="write" onSubmit={submit} onKeyDown={sendOnCtrlEnter}>
				<input type="hidden" name="key" value={keyOf(result) ?? formKey} />
				<TextArea
					name="body"
					label={t('chat:write.label')}
					placeholder={t('chat:write.label')}
					rows={2}
					counter={MESSAGE.graphemes}
					required
				/>
				<Submit icon="send">{t('chat:write.send')}</Submit>
			</Form>
		</ComposerBar>
	)
}

/** A form sent, refused and sent again is one message. */
const keyOf = (result?: FormResult) =>
	typeof result?.values?.key === 'string' ? result.values.key : undefined

function sendOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>) {
	if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
		event.currentTarget.requestSubmit()
	}
}
