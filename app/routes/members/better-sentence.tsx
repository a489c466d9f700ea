import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { betterPath } from '~/features/members/sentences/better-path'
import { BetterPage } from '~/features/members/sentences/components/better-page'
import { seeSentences, suggestSentence } from '~/features/members/sentences/suggesting.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, ownPath, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const fromIn = (asked: URLSearchParams) => ownPath(asked.get('from')) ?? '/'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const [actor, locale] = [await requireActor(args), await localeFor(args)]
		const asked = new URL(args.request.url).searchParams
		const q = (asked.get('q') ?? '').slice(0, 200)
		return {
			title: await titleFor(args, 'language.label'),
			...seeSentences(actor, locale, { q, key: asked.get('key') }),
			...{ locale, q, from: fromIn(asked), thanks: asked.has('thanks') },
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await suggestSentence(await requireActor(args), fields)
		const from = fromIn(new URL(args.request.url).searchParams)
		return goTo(betterPath({ thanks: '', from }))
	})

export default function BetterSentenceRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <BetterPage {...shown} result={useActionData<typeof action>()} />
}
