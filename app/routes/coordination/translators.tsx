import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { asCoordinator } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { TranslatorsPage } from '~/features/moderation/translators/components/translators-page'
import {
	endTranslator,
	listTranslators,
	nameTranslator,
} from '~/features/moderation/translators/naming.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		translators: await listTranslators(await requireActor(args)),
		likely: [...UI_LOCALES],
		title: await titleFor(args, 'nav.coordination'),
	}))

const ACTS = { name: nameTranslator, end: endTranslator } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		asCoordinator(actor)
		const { intent } = fields
		if (intent !== 'name' && intent !== 'end') throw new AppError('not-found')
		await ACTS[intent](actor, fields)
		return goTo('/coordination/translators')
	})

export default function TranslatorsRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <TranslatorsPage {...shown} result={useActionData<typeof action>()} />
}
