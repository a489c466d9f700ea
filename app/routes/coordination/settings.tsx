import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { SettingsPage } from '~/features/members/settings/components/settings-page'
import { changeSettings, seeSettings } from '~/features/members/settings/settings.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		settings: seeSettings(await requireActor(args)),
		saved: new URL(args.request.url).searchParams.has('saved'),
		title: await titleFor(args, 'nav.coordination'),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await changeSettings(await requireActor(args), fields)
		return goTo('/coordination/settings?saved')
	})

export default function SettingsRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <SettingsPage {...shown} result={useActionData<typeof action>()} />
}
