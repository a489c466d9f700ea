import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { TopicPage } from '~/features/forum/components/topic-page'
import { answer, postPath, readTopic } from '~/features/forum/posts.server'
import { startWriting } from '~/features/forum/writing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const locale = await localeFor(args)
		const { space = '', topic = '' } = args.params
		const after = new URL(args.request.url).searchParams.get('after')
		const [shown, writing, title] = await Promise.all([
			readTopic(actor, locale, { space, topic }, after),
			startWriting(actor, locale),
			titleFor(args, 'nav.forum'),
		])
		return { ...shown, writing, title }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { space = '', topic = '' } = args.params
		const post = await answer(await requireActor(args), { ...fields, space, topic })
		return goTo(postPath(space, post))
	})

export default function Topic() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <TopicPage {...shown} result={useActionData<typeof action>()} />
}
