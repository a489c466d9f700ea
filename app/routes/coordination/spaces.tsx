import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SpaceSettingsPage } from '~/features/forum/components/space-settings-page'
import { listSpaceSettings, makeSpace, moveSpace } from '~/features/forum/space-settings.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { listOrganisations } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const spaces = await listSpaceSettings(await requireActor(args), await localeFor(args))
		return {
			title: await titleFor(args, 'nav.coordination'),
			spaces,
			locales: UI_LOCALES,
			organisations: await listOrganisations(),
			formKey: crypto.randomUUID(),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		if (fields.intent === 'move') {
			await moveSpace(actor, fields)
			return goTo(`/coordination/spaces#s-${fields.space}`)
		}
		if (fields.intent !== 'make') throw new AppError('not-found')
		return goTo(`/coordination/spaces/${(await makeSpace(actor, fields)).id}`)
	})

export default function Spaces() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <SpaceSettingsPage {...shown} result={useActionData<typeof action>()} />
}
