import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import type { Message } from '../../chat.wire'
import type { Signs } from '../live-signs'
import type { SignsView } from '../signs.wire'

const ReadContext = createContext<string | undefined>(undefined)

/** Knows the id of the last message of hers that all the others have read. */
export const ReadProvider = ReadContext.Provider

/** Which of these that is. */
export function lastRead(messages: readonly Message[], me: string, signs: Signs | null): string | undefined {
	if (!signs?.view.on) return undefined
	const { readTo } = signs.view
	return messages.findLast(
		({ authorId, seq, translationOf }) => authorId === me && seq <= readTo && translationOf === null,
	)?.id
}

/** Under her message, if it is the one. */
export function ReadSign({ id }: { id: string }) {
	const { t } = useTranslation()
	if (useContext(ReadContext) !== id) return null
	return (
		<span className="sign-read">
			<Icon name="check" /> {t('chat:signs.read')}
		</span>
	)
}

/** Who is writing just now; its line is there as long as signs are on, so that nothing moves when somebody begins. */
export function WritingLine({ signs }: { signs: Signs | null }) {
	const { t } = useTranslation()
	if (!signs?.view.on) return null
	return (
		<p className="sign-writing muted">
			{signs.writing.map((name) => (
				<span key={name}>{t('chat:signs.writing', { name: isolated(name) })} </span>
			))}
		</p>
	)
}

/** Her own switch: what it does, and that each can end it. Whether another has turned hers on is nowhere said. */
export function SignsSwitch({ view: { mine, on } }: { view: SignsView }) {
	const { t } = useTranslation()
	return (
		<div id="signs">
			<Disclosure summary={t('chat:signs.title')}>
				<form method="post" className="form">
					<input type="hidden" name="intent" value="signs" />
					<input type="hidden" name="on" value={mine ? 'no' : 'yes'} />
					<p>{t('chat:signs.text')}</p>
					<p>{t('chat:signs.free')}</p>
					{mine ? <p>{t(on ? 'chat:signs.works' : 'chat:signs.waits')}</p> : null}
					<Submit kind="quiet">{t(mine ? 'chat:signs.off' : 'chat:signs.on')}</Submit>
				</form>
			</Disclosure>
		</div>
	)
}
