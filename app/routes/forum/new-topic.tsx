import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { QuestionForm } from '~/features/forum/components/writing'
import { discardDraft, draftPlace, saveDraft } from '~/features/forum/drafts.server'
import { readSpace } from '~/features/forum/lists.server'
import { askQuestion } from '~/features/forum/topics.server'
import { keepUnsent } from '~/features/forum/unsent.server'
import { WAITING_PATH } from '~/features/forum/waiting.server'
import { startWriting } from '~/features/forum/writing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { silenceIn } from '~/features/moderation/measures/restraints'
import { goTo, page, respond } from '~/platform/http.server'

export { UnsentBoundary as ErrorBoundary } from '~/features/forum/components/unsent'
export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const locale = await localeFor(args)
		const space = await readSpace(actor, locale, args.params.space ?? '')
		const place = draftPlace.question(space.id)
		const writing = await startWriting(actor, locale, { place, spaceId: space.id })
		const silence = silenceIn(actor, space.id)
		return { title: await titleFor(args, 'nav.forum'), space, writing, silence }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, (fields) => {
		const { space = '' } = args.params
		const [place, path] = [draftPlace.question(space), `/forum/${space}/new`]
		return keepUnsent(args, { fields, place, path }, async (actor) => {
			if (fields.intent === 'draft') {
				await saveDraft(actor, { ...fields, place, key: undefined })
				return goTo(path)
			}
			if (fields.intent === 'discard') {
				await discardDraft(actor, { place })
				return goTo(path)
			}
			const topic = await askQuestion(actor, { ...fields, space })
			return goTo(topic.waits ? WAITING_PATH : `/forum/${topic.spaceId}/${topic.id}`)
		})
	})

export default function NewTopic() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <QuestionForm {...shown} result={useActionData<typeof action>()} />
}
