import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { EditionsPage } from '~/features/members/editions/components/editions-page'
import { publishDraft, saveDraft, seeEditions } from '~/features/members/editions/editions.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { asCoordinator } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		...(await seeEditions(await requireActor(args), await localeFor(args))),
		locales: UI_LOCALES,
		saved: new URL(args.request.url).searchParams.has('saved'),
		title: await titleFor(args, 'nav.coordination'),
	}))

const CHANGES = { save: saveDraft, publish: publishDraft } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		asCoordinator(actor)
		const { intent } = fields
		if (intent !== 'save' && intent !== 'publish') throw new AppError('not-found')
		await CHANGES[intent](actor, fields)
		return goTo('/coordination/rules?saved')
	})

export default function EditionsRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <EditionsPage {...shown} result={useActionData<typeof action>()} />
}
