import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { askMentor, readAsk } from '~/features/mentoring/finding/asks.server'
import { AskPage } from '~/features/mentoring/finding/components/ask-page'
import { WishesPage } from '~/features/mentoring/finding/components/wishes-page'
import { readWishes, saveWishes, stopLooking } from '~/features/mentoring/finding/wishes.server'
import { startWriting } from '~/features/mentoring/writing.server'
import type { Actor } from '~/platform/actor'
import { type Fields, goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

const mentorIn = (request: Request) => new URL(request.url).searchParams.get('mentor')

/** With a mentor in the address the page to ask her on, else what she would like of any. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const locale = await localeFor(args)
		const mentor = mentorIn(args.request)
		return {
			title: await titleFor(args, 'nav.mentoring'),
			writing: startWriting(actor, locale),
			ask: mentor === null ? null : await readAsk(actor, mentor),
			hers: mentor === null ? await readWishes(actor, locale) : null,
		}
	})

async function changeWishes(actor: Actor, fields: Fields) {
	if (fields.intent === 'stop') {
		await stopLooking(actor, fields)
		return goTo('/mentoring')
	}
	await saveWishes(actor, fields)
	return goTo('/mentoring/mentors')
}

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		if (mentorIn(args.request) === null && fields.mentor === undefined) return changeWishes(actor, fields)
		const match = await askMentor(actor, fields)
		return goTo(match.status === 'asked' ? `/mentoring/${match.id}` : '/mentoring')
	})

export default function Ask() {
	const { ask, hers, writing } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	if (ask) return <AskPage {...ask} writing={writing} result={result} />
	return hers ? <WishesPage {...hers} writing={writing} result={result} /> : null
}
