import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { allSpaces } from '~/features/forum/spaces.server'
import { PeoplePage } from '~/features/members/components/people-page'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { GIVEN_ROLES } from '~/features/members/members.schema'
import * as people from '~/features/members/people.server'
import { listPeople, readShown } from '~/features/members/people-list.server'
import { readPerson } from '~/features/members/person.server'
import { requireActor } from '~/features/members/session.server'
import { SuspensionReasons } from '~/features/moderation/components/suspension-reasons'
import { goTo, page, respond } from '~/platform/http.server'
import { changeOfPerson } from './people-acts.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const asked = new URL(args.request.url).searchParams
		const list = await listPeople(actor, readShown(asked.get('show')), asked.get('before'))
		const spaces = await allSpaces(actor, await localeFor(args))
		return {
			title: await titleFor(args, 'nav.coordination'),
			waiting: await people.listWaiting(actor),
			list,
			person: await readPerson(actor, asked.get('member')),
			choices: { roles: [...GIVEN_ROLES], organisations: await people.listOrganisations(), spaces },
		}
	})

const pathOf = (member: unknown) => `/coordination/people?member=${encodeURIComponent(String(member))}#person`
export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		people.asCoordinator(actor)
		const { intent, member } = fields
		if (intent === 'find') return goTo(pathOf(await people.findPerson(actor, fields)))
		await changeOfPerson(intent)(actor, fields)
		return goTo(intent === 'approve' || intent === 'decline' ? '/coordination/people' : pathOf(member))
	})

export default function PeopleRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return <PeoplePage {...shown} reasons={<SuspensionReasons />} result={result} />
}
