import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { WantedPage } from '~/features/forum/components/wanted-page'
import { claim } from '~/features/forum/translation/claims.server'
import { readWanted } from '~/features/forum/translation/wanted.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const after = new URL(args.request.url).searchParams.get('after')
		const wanted = await readWanted(actor, await localeFor(args), after)
		return { title: await titleFor(args, 'nav.forum'), ...wanted }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await claim(await requireActor(args), fields)
		return goTo(`/forum/translate/${fields.post}/${fields.language}`)
	})

export default function Translate() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <WantedPage {...shown} result={useActionData<typeof action>()} />
}
