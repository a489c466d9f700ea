import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireAnyActor } from '~/features/members/session.server'
import { MyDecisions } from '~/features/moderation/components/my-decisions'
import { listMyReports } from '~/features/moderation/my-reports.server'
import { appeal, listMyStatements, markSeen } from '~/features/moderation/statements.server'
import { goTo, page, respond } from '~/platform/http.server'
import { subjects } from '../subjects.server'

export { titled as meta } from '~/page-title'

/** Hers also while she is suspended or waits: nobody loses the right to an answer. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const asked = new URL(args.request.url).searchParams
		const [title, statements, reports] = await Promise.all([
			titleFor(args, 'nav.me'),
			listMyStatements(actor, asked.get('statements'), subjects),
			listMyReports(actor, asked.get('reports')),
		])
		return {
			title,
			...statements,
			olderStatements: statements.older,
			...reports,
			olderReports: reports.older,
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		await (fields.intent === 'seen' ? markSeen : appeal)(actor, fields)
		return goTo('/me/decisions')
	})

export default function MyDecisionsRoute() {
	const { title: _title, older: _older, ...shown } = useLoaderData<typeof loader>()
	return <MyDecisions {...shown} result={useActionData<typeof action>()} />
}
