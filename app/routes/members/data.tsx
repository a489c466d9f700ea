import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DataPage } from '~/features/members/components/data-page'
import { copyAsHtml, copyAsJson } from '~/features/members/copy.server'
import { isFresh } from '~/features/members/fresh.server'
import { leave, takeCopy } from '~/features/members/leaving.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { noSessionCookie, requireAnyActor } from '~/features/members/session.server'
import { WhoLooked } from '~/features/moderation/record/components/who-looked'
import { listWhoLooked } from '~/features/moderation/record/looks.server'
import { AppError } from '~/platform/errors'
import { answerWithFile, goTo, page, respond } from '~/platform/http.server'
import { belongings } from '~/routes/belongings.server'

export { titled as meta } from '~/page-title'

/** Hers also while she waits for approval or is suspended. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const asked = new URL(args.request.url).searchParams
		const [title, fresh, looked] = await Promise.all([
			titleFor(args, 'nav.me'),
			isFresh(actor),
			listWhoLooked(actor, asked.get('looked')),
		])
		return { title, fresh, shared: actor.device === 'shared', looked }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		switch (fields.intent) {
			case 'copy': {
				const parts = await takeCopy(belongings, actor, fields)
				const copy = fields.form === 'json' ? copyAsJson(parts) : copyAsHtml(parts, await localeFor(args))
				answerWithFile(args, copy)
				return
			}
			case 'leave':
				await leave(belongings, actor, fields)
				return goTo('/', { 'set-cookie': noSessionCookie(), 'clear-site-data': '"cache", "storage"' })
			default:
				throw new AppError('invalid')
		}
	})

export default function DataRoute() {
	const { fresh, shared, looked } = useLoaderData<typeof loader>()
	return (
		<DataPage fresh={fresh} shared={shared} result={useActionData<typeof action>()}>
			<WhoLooked {...looked} />
		</DataPage>
	)
}
