import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EditPage } from '~/features/forum/components/edit-page'
import { discardDraft, draftPlace, saveDraft } from '~/features/forum/drafts.server'
import { editPost, readOwnPost } from '~/features/forum/edits.server'
import { keepUnsent } from '~/features/forum/unsent.server'
import { WAITING_PATH } from '~/features/forum/waiting.server'
import { startWriting } from '~/features/forum/writing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { silenceIn } from '~/features/moderation/measures/restraints'
import { goTo, page, respond } from '~/platform/http.server'

export { UnsentBoundary as ErrorBoundary } from '~/features/forum/components/unsent'
export { titled as meta } from '~/page-title'

const idsOf = ({ space = '', topic = '', post = '' }: Record<string, string | undefined>) => ({
	space,
	topic,
	post,
})

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const post = await readOwnPost(actor, idsOf(args.params))
		const at = { place: draftPlace.edit(post.id), spaceId: post.spaceId }
		const writing = await startWriting(actor, await localeFor(args), at)
		const path = `/forum/${post.spaceId}/${post.topicId}`
		const silence = silenceIn(actor, post.spaceId)
		return { title: await titleFor(args, 'nav.forum'), post, path, writing, silence }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, (fields) => {
		const ids = idsOf(args.params)
		const [place, topic] = [draftPlace.edit(ids.post), `/forum/${ids.space}/${ids.topic}`]
		const path = `${topic}/edit/${ids.post}`
		return keepUnsent(args, { fields, place, path }, async (actor) => {
			if (fields.intent === 'draft') {
				await saveDraft(actor, { ...fields, place })
				return goTo(path)
			}
			if (fields.intent === 'discard') {
				await discardDraft(actor, { place })
				return goTo(path)
			}
			const { waits } = await editPost(actor, { ...fields, ...ids })
			return goTo(waits ? WAITING_PATH : `${topic}?from=${ids.post}#p-${ids.post}`)
		})
	})

export default function EditPost() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <EditPage {...shown} result={useActionData<typeof action>()} />
}
