import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { TopicPage } from '~/features/forum/components/topic-page'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { action, loader } from '~/routes/forum/topic'
import { open, send } from './requests'

interface Asked {
	/** The token of her session. */
	token: string
	/** What stands after the address. */
	query?: string
	locale?: string
}

type Topic = { id: string; spaceId: string }
type Shown = Parameters<typeof TopicPage>[0]

/** A topic's page as she gets it: its answer, its data and its HTML. */
export async function openTopic(topic: Topic, { token, query = '', locale = 'en' }: Asked) {
	const params = { space: topic.spaceId, topic: topic.id }
	const answer = await open(loader, `/forum/${topic.spaceId}/${topic.id}${query}`, { token, params })
	const data = answer.body as Shown & { title: string }
	const html =
		answer.status === 200
			? renderToStaticMarkup(
					<I18nextProvider i18n={i18nFor(locale)}>
						<TopicPage {...data} />
					</I18nextProvider>,
				)
			: ''
	return { ...answer, data, html }
}

/** Sends one of the forms of a topic's page. */
export const sendToTopic = (topic: Topic, fields: Record<string, string>, { token, query = '' }: Asked) =>
	send(action, `/forum/${topic.spaceId}/${topic.id}${query}`, fields, {
		token,
		params: { space: topic.spaceId, topic: topic.id },
	})
