import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireAnyActor } from '~/features/members/session.server'
import {
	answerReferral,
	listMyReferrals,
	withdrawReferral,
} from '~/features/moderation/referrals/answering.server'
import { MyReferrals } from '~/features/moderation/referrals/components/my-referrals'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** Hers also while she is suspended: what she reported stands all the same. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.me'),
		referrals: await listMyReferrals(await requireAnyActor(args), await localeFor(args)),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		await (fields.intent === 'withdraw' ? withdrawReferral : answerReferral)(actor, fields)
		return goTo('/me/referrals')
	})

export default function MyReferralsRoute() {
	const { referrals } = useLoaderData<typeof loader>()
	return <MyReferrals referrals={referrals} result={useActionData<typeof action>()} />
}
