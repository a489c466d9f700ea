import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { TranslationPage } from '~/features/forum/components/translation-page'
import { readTranslation } from '~/features/forum/translation/reading.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.forum'),
		shown: await readTranslation(await requireActor(args), args.params.translation ?? ''),
	}))

export default function Translation() {
	return <TranslationPage {...useLoaderData<typeof loader>().shown} />
}
