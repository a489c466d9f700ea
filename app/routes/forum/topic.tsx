import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { TopicPage } from '~/features/forum/components/topic-page'
import { draftPlace } from '~/features/forum/drafts.server'
import { actOnTopic } from '~/features/forum/topic-actions.server'
import { readTopicPage } from '~/features/forum/topic-page.server'
import { keepUnsent } from '~/features/forum/unsent.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { UnsentBoundary as ErrorBoundary } from '~/features/forum/components/unsent'
export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const { space = '', topic = '' } = args.params
		const asked = new URL(args.request.url).searchParams
		const actor = await requireActor(args)
		const shown = await readTopicPage(actor, await localeFor(args), { space, topic }, asked)
		return { title: await titleFor(args, 'nav.forum'), ...shown }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { space = '', topic = '' } = args.params
		const place = { space, topic, from: new URL(args.request.url).searchParams.get('from') }
		const writing = { fields, place: draftPlace.answer(topic), path: `/forum/${space}/${topic}` }
		return goTo(await keepUnsent(args, writing, (actor) => actOnTopic(actor, place, fields)))
	})

export default function Topic() {
	return <TopicPage {...useLoaderData<typeof loader>()} result={useActionData<typeof action>()} />
}
