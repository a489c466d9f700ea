import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type CardsResult, InvitationsPage } from '~/features/members/components/invitations-page'
import { makeInvitations } from '~/features/members/invitation-cards.server'
import { invitationChoices, listInvitations, withdrawInvitation } from '~/features/members/invitations.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { readsOwnFigures } from '~/features/moderation/figures/figures.server'
import { countReceived } from '~/features/moderation/referrals/receiving.server'
import { goTo, page, respond } from '~/platform/http.server'
import { isUiLocale, UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const before = new URL(args.request.url).searchParams.get('before')
		const { items, older } = await listInvitations(actor, before)
		const locale = await localeFor(args)
		return {
			title: await titleFor(args, 'nav.coordination'),
			rows: items,
			older,
			referrals: await countReceived(actor),
			figures: readsOwnFigures(actor),
			choices: await invitationChoices(actor),
			languages: UI_LOCALES.filter((tag) => tag !== locale),
			formKey: crypto.randomUUID(),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		if (fields.intent === 'withdraw') {
			await withdrawInvitation(actor, fields)
			return goTo('/coordination/invitations')
		}
		const cards = await makeInvitations(actor, fields)
		const second = isUiLocale(fields.second) ? fields.second : undefined
		return { ok: true, cards, second } satisfies CardsResult
	})

export default function InvitationsRoute() {
	const loaded = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>() as CardsResult | undefined
	return <InvitationsPage {...loaded} result={result} />
}
