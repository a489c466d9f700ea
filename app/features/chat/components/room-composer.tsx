import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { fits } from '~/platform/text'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { useField } from '~/ui/form-field'
import { Icon } from '~/ui/icon'
import { isSwitching } from '~/ui/keeping'
import { ComposerBar } from '~/ui/talk'
import { MESSAGE } from '../chat.limits'
import type { Message } from '../chat.wire'
import { contactIn, fetchContactRules } from '../live/contact-finder'
import type { Composing, LiveState } from '../live/live-state'
import type { AskedAbout } from '../live/outbox'
import { fieldOf, fill, type InForm, useDraft } from '../live/use-draft'
import { Answering } from './answering'
import { ContactQuestion, contactOf, withoutQuestion } from './contact-question'
import { useTalk } from './talk-context'

const TOO_LONG: FormResult = { ok: false, code: 'invalid', fields: { body: 'errors:tooLong' } }

interface ComposerProps {
	/** Made by the page, so that the form sent twice is one message. */
	formKey: string
	/** How far the room had come when the page was made. */
	seq: number
	result?: FormResult
	/** What she wrote in last here, and all she may choose. */
	language: string
	languages: readonly string[]
	/** More than two read along. */
	crowd: boolean
	composing: Composing | null
	/** The message that she answers or says in another language, as far as it is there. */
	target: Message | null | undefined
	returned?: LiveState['returned']
	/** Words wait for a connection: said again here, since the line under the title may be far above. */
	trying?: 'trying' | 'offline'
	/** How many messages came while she read above. */
	unseen: number
	away: boolean
}

/** Where she writes: a plain form, and where the page is alive the same words go out by the socket. */
export function RoomComposer(props: ComposerProps) {
	const { formKey, seq, result, composing, target, returned, unseen, away, trying, crowd } = props
	const { t } = useTranslation()
	const { live } = useTalk()
	const [problem, setProblem] = useState<FormResult>()
	const [contact, setContact] = useState<AskedAbout>()
	const [sent, setSent] = useState(0)
	const inForm = useRef<HTMLInputElement>(null)
	useDraft(inForm, live)
	useReturned(inForm, returned)
	useFocus(inForm, live ? composing : null)

	function say(sure: boolean) {
		const field = fieldOf(inForm)
		const body = field?.value.trim() ?? ''
		if (!live || !field || body === '') return field?.focus()
		if (!fits(body, MESSAGE)) return setProblem(TOO_LONG)
		const found = crowd && !sure ? contactIn(body) : null
		if (found) return setContact(found)
		const language = fieldOf<HTMLSelectElement>(inForm, 'language')?.value
		const about = composing && { [composing.language ? 'translationOf' : 'replyTo']: composing.id }
		live.send(body, { language, ...about, ...(sure && { sure }) })
		setProblem(undefined)
		setContact(undefined)
		setSent(sent + 1)
		fill(field, '')
		field.focus()
	}

	function submit(event: FormEvent<HTMLFormElement>) {
		if (!live || isSwitching(event)) return
		event.preventDefault()
		say(false)
	}

	// What the server refused is answered; what she sends after that is a new matter.
	const answered = problem ?? (sent === 0 ? result : undefined)
	return (
		<ComposerBar>
			<ToEnd unseen={unseen} away={away} />
			{trying ? (
				<p className="connection trying" aria-hidden="true">
					<Icon name="wifi-off" />
					<span>{t(`common:talk.${trying}`)}</span>
				</p>
			) : null}
			<Form
				result={withoutQuestion(answered)}
				id="write"
				keeps
				onSubmit={submit}
				onKeyDown={sendOnCtrlEnter}
				onInput={crowd ? fetchContactRules : undefined}
			>
				<input ref={inForm} type="hidden" name="key" value={keyOf(result) ?? formKey} />
				<input type="hidden" name="seq" value={seq} />
				<Answering composing={composing} target={target} />
				<ContactQuestion
					contact={contact ?? contactOf(answered)}
					onSure={live ? () => say(true) : undefined}
					onChange={
						live
							? () => {
									setContact(undefined)
									setSent(sent + 1)
									fieldOf(inForm)?.focus()
								}
							: undefined
					}
				/>
				<TextArea
					name="body"
					label={t('chat:write.label')}
					placeholder={t('chat:write.label')}
					rows={2}
					counter={MESSAGE.graphemes}
					required
				/>
				<LanguageChip {...props} />
				<Submit icon="send">{t('chat:write.send')}</Submit>
			</Form>
		</ComposerBar>
	)
}

type ChipProps = Pick<ComposerProps, 'language' | 'languages' | 'composing'>

/** What her words are written in. Of a translation it is said already. */
function LanguageChip({ language, languages, composing }: ChipProps) {
	const { t } = useTranslation()
	const chosen = useField('language').text ?? language
	if (composing?.language) return <input type="hidden" name="language" value={composing.language} />
	return (
		<label className="language-chip">
			<Icon name="languages" />
			<span className="sr-only">{t('chat:write.language')}</span>
			<select name="language" defaultValue={chosen}>
				{languages.map((tag) => (
					<option key={tag} value={tag} lang={tag}>
						{endonym(tag)}
					</option>
				))}
			</select>
		</label>
	)
}

/** The way to the newest words, while she reads above. */
function ToEnd({ unseen, away }: Pick<ComposerProps, 'unseen' | 'away'>) {
	const { t } = useTranslation()
	if (unseen === 0 && !away) return null
	return (
		<a className={unseen > 0 ? 'unseen' : 'unseen none'} href="#end">
			{unseen > 0 ? t('chat:room.unseen', { count: unseen }) : t('chat:room.latest')}
		</a>
	)
}

/** Words that were not taken come back to the field, before what she has begun since. */
function useReturned(inForm: InForm, returned: LiveState['returned']) {
	useEffect(() => {
		const field = fieldOf(inForm)
		if (!field || !returned) return
		fill(field, [returned.body, field.value].filter((words) => words.trim() !== '').join('\n'))
		const tongue = fieldOf<HTMLSelectElement>(inForm, 'language')
		if (tongue && returned.language) tongue.value = returned.language
		field.focus()
	}, [inForm, returned])
}

/** What she chose to answer is answered here. */
function useFocus(inForm: InForm, composing: Composing | null) {
	const id = composing?.id
	useEffect(() => {
		if (id) fieldOf(inForm)?.focus({ preventScroll: true })
	}, [inForm, id])
}

/** A form sent, refused and sent again is one message. */
const keyOf = (result?: FormResult) =>
	typeof result?.values?.key === 'string' ? result.values.key : undefined

function sendOnCtrlEnter(event: KeyboardEvent<HTMLFormElement>) {
	if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
		event.currentTarget.requestSubmit()
	}
}
