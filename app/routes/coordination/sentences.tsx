import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { asCoordinator } from '~/features/members/people.server'
import { SuggestionsPage } from '~/features/members/sentences/components/suggestions-page'
import { decideSentence, listSuggestions } from '~/features/members/sentences/deciding.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'
import { isUiLocale } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

const languageIn = (request: Request) => {
	const language = new URL(request.url).searchParams.get('language')
	return isUiLocale(language) ? language : null
}

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.coordination'),
		...(await listSuggestions(await requireActor(args), languageIn(args.request))),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		asCoordinator(actor)
		await decideSentence(actor, fields)
		const language = languageIn(args.request)
		return goTo(`/coordination/sentences${language ? `?language=${language}` : ''}`)
	})

export default function SentencesRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <SuggestionsPage {...shown} result={useActionData<typeof action>()} />
}
