import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { SpaceList } from '~/features/forum/components/space-list'
import { WaitingNotice } from '~/features/forum/components/waiting-page'
import { acceptInvitation, declineInvitation, leaveSpace } from '~/features/forum/space-people.server'
import { readSpaces } from '~/features/forum/spaces.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const [actor, locale] = [await requireActor(args), await localeFor(args)]
		const [title, found] = await Promise.all([titleFor(args, 'nav.forum'), readSpaces(actor, locale)])
		return { title, ...found }
	})

/** Her answer to an invitation, or her leaving. */
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		switch (fields.intent) {
			case 'accept':
				return goTo(`/forum/${(await acceptInvitation(actor, fields)).spaceId}`)
			case 'decline':
				await declineInvitation(actor, fields)
				return goTo('/forum')
			case 'leave':
				await leaveSpace(actor, fields)
				return goTo('/forum')
			default:
				throw new AppError('not-found')
		}
	})

export default function Spaces() {
	const { spaces, invitedTo, waiting } = useLoaderData<typeof loader>()
	return (
		<>
			<WaitingNotice count={waiting} />
			<SpaceList spaces={spaces} invitedTo={invitedTo} />
		</>
	)
}
