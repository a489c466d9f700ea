import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { RoomPage, type RoomPageProps } from '~/features/chat/components/room-page'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { action, loader } from '~/routes/chat/room'
import { open, send } from './requests'

interface Asked {
	/** The token of her session. */
	token: string
	/** What stands after the address. */
	query?: string
	locale?: string
	/** The answer to the form she sent before. */
	result?: RoomPageProps['result']
}

/** A room's page as she gets it without scripts: its answer, its data and its HTML. */
export async function openRoom(room: string, { token, query = '', locale = 'en', result }: Asked) {
	const answer = await open(loader, `/chat/${room}${query}`, { token, params: { room } })
	const { shown, now } = answer.body as { shown: Omit<RoomPageProps, 'now'>; now: string }
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<RoomPage {...shown} now={now} result={result} />
		</I18nextProvider>,
	)
	return { ...answer, shown, html }
}

/** Sends one of the forms of a room's page. */
export const sendToRoom = (room: string, fields: Record<string, string>, { token }: Pick<Asked, 'token'>) =>
	send(action, `/chat/${room}`, fields, { token, params: { room } })
