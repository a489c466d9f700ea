import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saidLately as messagesLately } from '~/features/chat/said-lately.server'
import { saidLately as postsLately } from '~/features/forum/said-lately.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { WatchPage, type WatchResult } from '~/features/moderation/watch/components/watch-page'
import { addRule, endRule, listRules, tryRules } from '~/features/moderation/watch/rules.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const add = addRule({ lately: [postsLately, messagesLately] })

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.coordination'),
		...(await listRules(await requireActor(args))),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		switch (fields.intent) {
			case 'add':
				await add(actor, fields)
				return goTo('/coordination/watch')
			case 'end':
				await endRule(actor, fields)
				return goTo('/coordination/watch')
			case 'try':
				return { ok: true, values: fields, tried: await tryRules(actor, fields) } satisfies WatchResult
			default:
				throw new AppError('not-found')
		}
	})

export default function Watch() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <WatchPage {...shown} result={useActionData<typeof action>() as WatchResult | undefined} />
}
