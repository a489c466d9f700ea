import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { lastWordIn } from '~/features/chat/silence.server'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { FiguresPage } from '~/features/mentoring/figures/components/figures-page'
import { remindBoth } from '~/features/mentoring/figures/coordinator-lists-quiet.server'
import { readFigures } from '~/features/mentoring/figures/figures-lists.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const query = new URL(args.request.url).searchParams
		const asked = { list: query.get('list'), after: query.get('after') }
		return {
			title: await titleFor(args, 'nav.coordination'),
			...(await readFigures(actor, asked, lastWordIn)),
			reminded: query.has('reminded'),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		await remindBoth(lastWordIn)(await requireActor(args), fields)
		return goTo('/coordination/mentoring?list=quiet&reminded')
	})

export default function MentoringFigures() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <FiguresPage {...shown} result={useActionData<typeof action>()} />
}
