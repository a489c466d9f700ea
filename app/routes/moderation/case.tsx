import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { type Opened, openPrivate, readCase } from '~/features/moderation/cases.server'
import { CasePage } from '~/features/moderation/components/case-page'
import { MeasuresInForce } from '~/features/moderation/measures/components/measures-in-force'
import { readMeasuresInForce } from '~/features/moderation/measures/reading.server'
import { Offering } from '~/features/moderation/referrals/components/offering'
import { readOffering } from '~/features/moderation/referrals/offering.server'
import { translatorLanguages } from '~/features/moderation/translators/reading.server'
import { goTo, page, respond } from '~/platform/http.server'
import { subjects } from '../subjects.server'
import { actOnCase } from './case-acts.server'

export { titled as meta } from '~/page-title'

/** What the action of this same request opened; a page that is only read never finds anything here. */
const OPENED = 'opened case'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		// First, since it says whether there is anything for her at all.
		const shown = await readCase(subjects, actor, args.params.case ?? '')
		const [languages, offering, measures] = await Promise.all([
			translatorLanguages(),
			readOffering(actor, shown.id),
			readMeasuresInForce(actor, shown.id),
		])
		const opened = (args.context.memo.get(OPENED) as Opened | undefined) ?? null
		return { title: await titleFor(args, 'nav.moderation'), shown, opened, languages, offering, measures }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const asked = { ...fields, case: args.params.case ?? '' }
		if (fields.intent === 'read') {
			args.context.memo.set(OPENED, await openPrivate({ subjects })(actor, asked))
			return undefined
		}
		const { act, leavesIt } = actOnCase(fields.intent)
		await act(actor, asked)
		return goTo(leavesIt ? '/moderation' : `/moderation/${args.params.case}`)
	})

export default function CaseRoute() {
	const { title: _title, offering, measures, ...shown } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return (
		<CasePage
			{...shown}
			referral={<Offering offering={offering} result={result} />}
			inForce={<MeasuresInForce measures={measures} />}
			result={result}
		/>
	)
}
