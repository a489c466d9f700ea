import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { VouchPage } from '~/features/members/vouching/components/vouch-page'
import { readStanding, takeVouchBack, vouch } from '~/features/members/vouching/vouching.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const asked = new URL(args.request.url).searchParams
		return {
			title: await titleFor(args, 'nav.me'),
			standing: await readStanding(await requireActor(args)),
			handle: asked.get('handle') ?? '',
			noted: asked.has('noted'),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		await (fields.act === 'back' ? takeVouchBack : vouch)(actor, fields)
		return goTo('/me/vouch?noted')
	})

export default function Vouch() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <VouchPage {...shown} result={useActionData<typeof action>()} />
}
