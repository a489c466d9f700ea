import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { asCoordinator } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { WordingLanguagePage } from '~/features/members/wording/components/wording-language-page'
import { seeWordingIn } from '~/features/members/wording/seeing.server'
import { doneWording, writeWording } from '~/features/members/wording/writing.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { worded } from '../worded.server'

export { titled as meta } from '~/page-title'

const asked = (request: Request) => {
	const { searchParams } = new URL(request.url)
	return { state: searchParams.get('state'), page: searchParams.get('page') }
}

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const [actor, locale] = [await requireActor(args), await localeFor(args)]
		const which = { tag: args.params.locale ?? '', ...asked(args.request) }
		return {
			...(await seeWordingIn(worded, actor, locale, which)),
			saved: new URL(args.request.url).searchParams.has('saved'),
			title: await titleFor(args, 'nav.coordination'),
		}
	})

const CHANGES = { write: writeWording, done: doneWording } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		asCoordinator(actor)
		const { intent } = fields
		if (intent !== 'write' && intent !== 'done') throw new AppError('not-found')
		const { locale = '' } = args.params
		await CHANGES[intent](worded, actor, { ...fields, locale })
		const { state } = asked(args.request)
		return goTo(`/coordination/wording/${locale}?saved${state ? `&state=${encodeURIComponent(state)}` : ''}`)
	})

export default function WordingLanguage() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <WordingLanguagePage {...shown} result={useActionData<typeof action>()} />
}
