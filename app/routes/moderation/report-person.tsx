import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireAnyActor } from '~/features/members/session.server'
import { ReportPersonForm } from '~/features/moderation/components/report-person-form'
import { ReportSent } from '~/features/moderation/components/report-sent'
import { reportPerson } from '~/features/moderation/person-reports.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/**
 * No title of its own, as for every report. What was sent is said by the address alone: the name is looked up nowhere. Also
 * for a woman who waits or is suspended: it shows nothing of what is closed to her, unlike a report of something.
 */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		await requireAnyActor(args)
		const sent = new URL(args.request.url).searchParams.get('sent')
		return { sent: sent === null ? null : { danger: sent === 'danger' } }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { reason } = await reportPerson(await requireAnyActor(args), fields)
		return goTo(reason === 'danger' ? '/report/person?sent=danger' : '/report/person?sent')
	})

export default function ReportPerson() {
	const { sent } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return sent ? <ReportSent {...sent} /> : <ReportPersonForm result={result} />
}
