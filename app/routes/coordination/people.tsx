import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { allSpaces } from '~/features/forum/spaces.server'
import { PeoplePage } from '~/features/members/components/people-page'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { GIVEN_ROLES } from '~/features/members/members.schema'
import * as people from '~/features/members/people.server'
import { giveRole, takeRole } from '~/features/members/roles.server'
import { requireActor } from '~/features/members/session.server'
import * as standing from '~/features/members/standing.server'
import { SuspensionReasons } from '~/features/moderation/components/suspension-reasons'
import { restorePerson, suspendPerson } from '~/features/moderation/suspension.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { type Fields, goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const waiting = await people.listWaiting(actor)
		const person = await people.readPerson(actor, new URL(args.request.url).searchParams.get('member'))
		const spaces = await allSpaces(await localeFor(args))
		const choices = { roles: [...GIVEN_ROLES], organisations: await people.listOrganisations(), spaces }
		return { title: await titleFor(args, 'nav.coordination'), waiting, person, choices }
	})

/** What the buttons of the page do; each of them comes back to the woman it was about. */
const CHANGES: Record<string, (actor: Actor, fields: Fields) => Promise<unknown>> = {
	approve: standing.approvePerson,
	decline: standing.declinePerson,
	suspend: suspendPerson,
	restore: restorePerson,
	take: takeRole,
	give: async (actor, fields) => giveRole((await allSpaces('en')).map(({ id }) => id))(actor, fields),
}

const pathOf = (member: unknown) => `/coordination/people?member=${encodeURIComponent(String(member))}#person`

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		people.asCoordinator(actor)
		const { intent, member } = fields
		if (intent === 'find') return goTo(pathOf(await people.findPerson(actor, fields)))
		const change = typeof intent === 'string' && Object.hasOwn(CHANGES, intent) ? CHANGES[intent] : undefined
		if (!change) throw new AppError('not-found')
		await change(actor, fields)
		return goTo(intent === 'approve' || intent === 'decline' ? '/coordination/people' : pathOf(member))
	})

export default function PeopleRoute() {
	const { waiting, person, choices } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	const reasons = <SuspensionReasons />
	return <PeoplePage waiting={waiting} person={person} choices={choices} reasons={reasons} result={result} />
}
