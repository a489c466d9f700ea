import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MePage } from '~/features/members/components/me-page'
import { titleFor } from '~/features/members/locale.server'
import { countCodes } from '~/features/members/recovery-codes.server'
import { requireAnyActor } from '~/features/members/session.server'
import { translates } from '~/features/moderation/translators/translating.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** Hers also while she waits for approval or is suspended. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const { id, handle, status, secondFactorDue, grants } = actor
		const [title, codes, isTranslator] = await Promise.all([
			titleFor(args, 'nav.me'),
			countCodes(id),
			translates(actor),
		])
		const roles = [...new Set(grants.map(({ role }) => role))]
		return { title, id, handle, status, secondFactorDue, roles, codes, translates: isTranslator }
	})

export default function Me() {
	const { title: _title, ...me } = useLoaderData<typeof loader>()
	return <MePage {...me} />
}
