import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { HeldPage } from '~/features/chat/holding/components/held-page'
import { readWaiting } from '~/features/chat/holding/pages.server'
import { keepHeldBack, letThrough } from '~/features/chat/holding/releasing.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { Duty } from '~/features/moderation/components/duty'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const waiting = await readWaiting(actor, await localeFor(args))
		return { title: await titleFor(args, 'nav.moderation'), ...waiting, reads: actor.reads }
	})

const ACTS = { through: letThrough, keep: keepHeldBack } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent } = fields
		if (intent !== 'through' && intent !== 'keep') throw new AppError('not-found')
		await ACTS[intent](actor, fields)
		return goTo('/moderation/held')
	})

export default function Held() {
	const { title: _title, reads, ...shown } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return <HeldPage {...shown} dutyForm={<Duty until={shown.duty} reads={reads} />} result={result} />
}
