import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { roomsWith } from '~/features/chat/rooms.server'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { MatchInterpreting } from '~/features/mentoring/together/components/match-interpreting'
import { MatchPage } from '~/features/mentoring/together/components/match-page'
import { changeMatch } from '~/features/mentoring/together/match-forms.server'
import { readMatchPage } from '~/features/mentoring/together/match-page.server'
import { startWriting } from '~/features/mentoring/writing.server'
import { goTo, page, respond } from '~/platform/http.server'
import { privateRooms } from '../private-rooms.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const [title, locale] = await Promise.all([titleFor(args, 'nav.mentoring'), localeFor(args)])
		const shown = await readMatchPage(actor, args.params.match, roomsWith)
		return { title, ...shown, writing: startWriting(actor, locale), now: new Date() }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) =>
		goTo(await changeMatch(await requireActor(args), args.params.match, fields, privateRooms)),
	)

export default function Match() {
	const { match, together, interpreting, writing, now } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	if (interpreting) return <MatchInterpreting shown={interpreting} result={result} />
	return <MatchPage match={match!} together={together} writing={writing} now={now} result={result} />
}
