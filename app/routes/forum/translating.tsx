import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { GonePage, TranslatingPage } from '~/features/forum/components/translating-page'
import { actOnTranslating, translatingPath } from '~/features/forum/translation/acts.server'
import { placeOf } from '~/features/forum/translation/draft.server'
import { readTranslating } from '~/features/forum/translation/writing.server'
import { keepUnsent } from '~/features/forum/unsent.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { UnsentBoundary as ErrorBoundary } from '~/features/forum/components/unsent'
export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const { post = '', language = '' } = args.params
		return {
			title: await titleFor(args, 'nav.forum'),
			translating: await readTranslating(actor, post, language),
			said: new URL(args.request.url).searchParams.get('said'),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { post = '', language = '' } = args.params
		const writing = { fields, place: placeOf(post, language), path: translatingPath(post, language) }
		return goTo(
			await keepUnsent(args, writing, (actor) => actOnTranslating(actor, { post, language }, fields)),
		)
	})

export default function Translating() {
	const { translating, said } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	if (translating.gone) return <GonePage {...translating} />
	return <TranslatingPage page={translating} said={said} result={result} />
}
