import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { signOut } from '~/features/members/account.server'
import { DevicesPage } from '~/features/members/components/devices-page'
import { endDevice, endOtherDevices, listDevices } from '~/features/members/devices.server'
import { isFresh, requireFresh } from '~/features/members/fresh.server'
import { titleFor } from '~/features/members/locale.server'
import { noSessionCookie, requireAnyActor } from '~/features/members/session.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const title = await titleFor(args, 'nav.me')
		return { title, devices: await listDevices(actor), fresh: await isFresh(actor) }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		if (fields.session === actor.sessionId) {
			// Leaving this device is never a question of proof.
			await signOut(actor, {})
			return goTo('/', { 'set-cookie': noSessionCookie(), 'clear-site-data': '"cache", "storage"' })
		}
		if (fields.intent === 'prove') await requireFresh(actor, fields)
		else if (fields.intent === 'others') await endOtherDevices(actor, fields)
		else await endDevice(actor, fields)
		return goTo('/me/devices')
	})

export default function DevicesRoute() {
	const { devices, fresh } = useLoaderData<typeof loader>()
	return <DevicesPage devices={devices} fresh={fresh} result={useActionData<typeof action>()} />
}
