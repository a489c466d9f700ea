import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SpaceSettingPage } from '~/features/forum/components/space-people'
import { looksAfterSpaces } from '~/features/forum/forum.policy'
import { inviteToSpace, readSpacePeople, takeBackFromSpace } from '~/features/forum/space-people.server'
import { readSpaceSettings, saveSpace } from '~/features/forum/space-settings.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { listOrganisations } from '~/features/members/people.server'
import { requireActor } from '~/features/members/session.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

/** For coordinators all of it; for a moderator of the space who is invited to it. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const [actor, locale] = [await requireActor(args), await localeFor(args)]
		const { space = '' } = args.params
		const query = new URL(args.request.url).searchParams
		const people = await readSpacePeople(actor, locale, space, query.get('after'))
		const coordinates = looksAfterSpaces(actor)
		if (!coordinates && people.people === null) throw new AppError('not-found')
		return {
			title: await titleFor(args, 'nav.coordination'),
			...people,
			settings: coordinates ? await readSpaceSettings(actor, space) : null,
			organisations: coordinates ? await listOrganisations() : [],
			locales: UI_LOCALES,
			saved: query.has('saved'),
		}
	})

const CHANGES = { save: saveSpace, invite: inviteToSpace, take: takeBackFromSpace } as const

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { space } = args.params
		const { intent } = fields
		if (intent !== 'save' && intent !== 'invite' && intent !== 'take') throw new AppError('not-found')
		await CHANGES[intent](actor, { ...fields, space })
		return goTo(`/coordination/spaces/${space}${intent === 'save' ? '?saved' : '#people'}`)
	})

export default function Space() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <SpaceSettingPage {...shown} result={useActionData<typeof action>()} />
}
