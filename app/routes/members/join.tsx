import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { join } from '~/features/members/account.server'
import { arrivalOf, enterTo } from '~/features/members/arrival.server'
import { JoinForm } from '~/features/members/components/join-form'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { offerFor } from '~/features/members/passphrase.server'
import { readActor } from '~/features/members/session.server'
import { setting } from '~/features/members/settings/settings.server'
import { newVisit, readVisit, visitCookie } from '~/features/members/visit.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const CODE_AT_MOST = 60

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		if (await readActor(args)) throw goTo('/')
		const given = new URL(args.request.url).searchParams.get('code')?.slice(0, CODE_AT_MOST)
		const registration = setting('registration')
		const shown = {
			title: await titleFor(args, 'auth:join.title'),
			offer: offerFor(await localeFor(args)),
			code: given ?? (registration === 'code' ? '' : null),
			needsApproval: registration === 'approval',
		}
		// Joining is counted by browser, not by address alone: a shelter is one address.
		const headers: HeadersInit = readVisit(args.request) ? {} : { 'set-cookie': visitCookie(newVisit()) }
		return data(shown, { headers })
	})

export const action = (args: ActionFunctionArgs) =>
	respond(
		args,
		async (fields) => {
			// Sent twice, or again by the browser: she still gets to see her codes.
			if (await readActor(args)) return goTo('/join/codes?next=/')
			return enterTo('/join/codes', await join(await arrivalOf(args), fields))
		},
		['code'],
	)

export default function JoinRoute() {
	const { offer, code, needsApproval } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return <JoinForm offer={offer} code={code} needsApproval={needsApproval} result={result} />
}
