import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type HandedResult, RecoveriesPage } from '~/features/members/components/recoveries-page'
import { isFresh } from '~/features/members/fresh.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import * as recoveries from '~/features/members/recoveries.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { isUiLocale, UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const rows = await recoveries.listRecoveries(actor)
		const locale = await localeFor(args)
		return {
			title: await titleFor(args, 'nav.coordination'),
			rows,
			back: recoveries.coordinates(actor) ? '/coordination' : '/coordination/invitations',
			fresh: await isFresh(actor),
			languages: UI_LOCALES.filter((tag) => tag !== locale),
		}
	})

const CHANGES = {
	start: recoveries.startRecovery,
	confirm: recoveries.confirmRecovery,
	takeBack: recoveries.takeBackRecovery,
} as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent, second } = fields
		if (intent === 'hand') {
			const card = await recoveries.handOutCode(actor, fields)
			return { ok: true, card, second: isUiLocale(second) ? second : undefined } satisfies HandedResult
		}
		if (intent !== 'start' && intent !== 'confirm' && intent !== 'takeBack') throw new AppError('not-found')
		await CHANGES[intent](actor, fields)
		return goTo('/coordination/recoveries')
	})

export default function RecoveriesRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <RecoveriesPage {...shown} result={useActionData<typeof action>() as HandedResult | undefined} />
}
