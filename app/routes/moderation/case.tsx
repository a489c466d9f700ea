import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { type Content, openPrivate, readCase } from '~/features/moderation/cases.server'
import { CasePage } from '~/features/moderation/components/case-page'
import { decide, undo } from '~/features/moderation/decisions.server'
import { goTo, page, respond } from '~/platform/http.server'
import { subjects } from '../subjects.server'

export { titled as meta } from '~/page-title'

/** What the action of this same request opened; a page that is only read never finds anything here. */
const OPENED = 'opened case'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.moderation'),
		shown: await readCase(subjects, await requireActor(args), args.params.case ?? ''),
		opened: (args.context.memo.get(OPENED) as Content | undefined) ?? null,
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const asked = { ...fields, case: args.params.case }
		if (fields.intent === 'read') {
			args.context.memo.set(OPENED, await openPrivate({ subjects })(actor, asked))
			return undefined
		}
		await (fields.intent === 'undo' ? undo : decide)({ subjects })(actor, asked)
		return goTo(`/moderation/${args.params.case}`)
	})

export default function CaseRoute() {
	const { shown, opened } = useLoaderData<typeof loader>()
	return <CasePage shown={shown} opened={opened} result={useActionData<typeof action>()} />
}
