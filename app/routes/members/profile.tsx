import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ProfilePage } from '~/features/members/components/profile-page'
import { chooseLetters } from '~/features/members/letters.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { herOrganisations, leaveOrganisation } from '~/features/members/organisations.server'
import { readProfile, saveProfile } from '~/features/members/profile.server'
import { languagesToTick } from '~/features/members/profile-languages'
import { requireAnyActor } from '~/features/members/session.server'
import { herLanguages } from '~/her-languages.server'
import { goTo, page, respond } from '~/platform/http.server'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'

export { titled as meta } from '~/page-title'

/** Pages whose language she may well tick, before the fold with all others. */
const AT_ONCE = 6

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const locale = await localeFor(args)
		const { locales: menu } = await herLanguages(args.request, actor)
		const [title, profile, organisations] = await Promise.all([
			titleFor(args, 'nav.me'),
			readProfile(actor),
			herOrganisations(actor, locale),
		])
		return {
			title,
			profile,
			organisations,
			languages: languagesToTick(profile, locale, menu.slice(0, AT_ONCE)),
			locale,
			locales: UI_LOCALES,
			nastaliq: actor.nastaliq,
			saved: new URL(args.request.url).searchParams.has('saved'),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		if (fields.intent === 'leave') await leaveOrganisation(actor, fields)
		else if (fields.intent === 'letters') await chooseLetters(actor, fields)
		else await saveProfile(actor, fields)
		return goTo('/me/profile?saved')
	})

export default function ProfileRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <ProfilePage {...shown} result={useActionData<typeof action>()} />
}
