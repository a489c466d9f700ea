import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TakenBackPage } from '~/features/chat/keeping/components/taken-back-page'
import { readTakenBack } from '~/features/chat/keeping/taken-back.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.chat'),
		shown: await readTakenBack(await requireActor(args), args.params.room, await localeFor(args)),
	}))

export default function TakenBack() {
	return <TakenBackPage {...useLoaderData<typeof loader>().shown} />
}
