import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { requireActor } from '~/features/members/session.server'
import { ReportForm } from '~/features/moderation/components/report-form'
import { ReportSent } from '~/features/moderation/components/report-sent'
import { readReportable, readSentReport, report } from '~/features/moderation/reports.server'
import { goTo, page, respond } from '~/platform/http.server'
import { subjects } from '../subjects.server'

export { titled as meta } from '~/page-title'

/** No title of its own: what she does here is nobody's business who looks at her screen or at her history. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const { kind = '', id = '' } = args.params
		if (new URL(args.request.url).searchParams.has('sent')) {
			return { sent: await readSentReport(actor, { kind, id }) }
		}
		return { reportable: await readReportable(subjects, actor, { kind, id }) }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const { kind, id } = args.params
		await report({ subjects })(await requireActor(args), { ...fields, kind, id })
		return goTo(`/report/${kind}/${id}?sent`)
	})

export default function Report() {
	const shown = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	if (shown.sent) return <ReportSent {...shown.sent} />
	return <ReportForm reportable={shown.reportable} result={result} />
}
