import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { OrganisationsPage } from '~/features/members/components/organisations-page'
import { titleFor } from '~/features/members/locale.server'
import * as list from '~/features/members/organisation-list.server'
import { asCoordinator } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		organisations: await list.seeOrganisations(await requireActor(args)),
		formKey: crypto.randomUUID(),
		saved: new URL(args.request.url).searchParams.has('saved'),
		title: await titleFor(args, 'nav.coordination'),
	}))

const CHANGES = { add: list.addOrganisation, change: list.changeOrganisation } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		asCoordinator(actor)
		const { intent } = fields
		if (intent !== 'add' && intent !== 'change') throw new AppError('not-found')
		await CHANGES[intent](actor, fields)
		return goTo('/coordination/organisations?saved')
	})

export default function OrganisationsRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <OrganisationsPage {...shown} result={useActionData<typeof action>()} />
}
