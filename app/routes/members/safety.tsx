import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SafetyPage } from '~/features/members/components/safety-page'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { offerFor } from '~/features/members/passphrase.server'
import { changePassphrase, makeNewCodes, readSafety } from '~/features/members/safety.server'
import { resetSecondFactor } from '~/features/members/second-factor.server'
import { noSessionCookie, requireAnyActor, sessionCookie } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		return {
			title: await titleFor(args, 'nav.me'),
			state: await readSafety(actor),
			offer: offerFor(await localeFor(args)),
			changed: new URL(args.request.url).searchParams.has('changed'),
			stopped: new URL(args.request.url).searchParams.has('stopped'),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		switch (fields.intent) {
			case 'passphrase': {
				const token = await changePassphrase(actor, fields)
				return goTo('/me/safety?changed', { 'set-cookie': sessionCookie(token, actor.device) })
			}
			case 'codes':
				await makeNewCodes(actor, fields)
				return goTo('/join/codes?next=/me/safety')
			case 'second':
				await resetSecondFactor(actor, fields)
				return goTo('/sign-in', { 'set-cookie': noSessionCookie() })
			default:
				throw new AppError('invalid')
		}
	})

export default function SafetyRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <SafetyPage {...shown} result={useActionData<typeof action>()} />
}
