import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CodesSheet } from '~/features/members/components/codes-sheet'
import { titleFor } from '~/features/members/locale.server'
import { readNewCodes } from '~/features/members/recovery-codes.server'
import { keepCodes } from '~/features/members/safety.server'
import { requireAnyActor } from '~/features/members/session.server'
import { goTo, ownPath, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const AFTER_JOINING = '/welcome'

/** Ten codes to keep, while they can still be shown; afterwards the way on. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const next = ownPath(new URL(args.request.url).searchParams.get('next')) ?? AFTER_JOINING
		const codes = await readNewCodes(actor.id)
		if (codes.length === 0) throw goTo(next)
		return { title: await titleFor(args, 'auth:codes.title'), codes, next }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await keepCodes(await requireAnyActor(args), fields)
		return goTo(ownPath(fields.next) ?? AFTER_JOINING)
	})

export default function JoinCodesRoute() {
	const { codes, next } = useLoaderData<typeof loader>()
	return <CodesSheet codes={codes} next={next} result={useActionData<typeof action>()} />
}
