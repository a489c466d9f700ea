import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { QuestionForm } from '~/features/forum/components/writing'
import { askQuestion, readSpace } from '~/features/forum/topics.server'
import { startWriting } from '~/features/forum/writing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const locale = await localeFor(args)
		const { space } = await readSpace(actor, locale, args.params.space ?? '', null)
		return { title: await titleFor(args, 'nav.forum'), space, writing: await startWriting(actor, locale) }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const topic = await askQuestion(actor, { ...fields, space: args.params.space })
		return goTo(`/forum/${topic.spaceId}/${topic.id}`)
	})

export default function NewTopic() {
	const { space, writing } = useLoaderData<typeof loader>()
	return <QuestionForm space={space} writing={writing} result={useActionData<typeof action>()} />
}
