import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { RoundPage } from '~/features/mentoring/rounds/components/round-page'
import { publishRound } from '~/features/mentoring/rounds/publish.server'
import { dropRound } from '~/features/mentoring/rounds/rounds.server'
import * as answers from '~/features/mentoring/rounds/rounds-answers.server'
import { moveInRound, readWomanOfRound } from '~/features/mentoring/rounds/rounds-edit.server'
import { readRound } from '~/features/mentoring/rounds/rounds-pairs.server'
import { AppError } from '~/platform/errors'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const { round } = args.params
		const query = new URL(args.request.url).searchParams
		const [part, after, woman] = [query.get('part'), query.get('after'), query.get('woman')]
		return {
			title: await titleFor(args, 'nav.coordination'),
			...(await readRound(actor, round, { part, after })),
			woman: await readWomanOfRound(actor, round, woman),
			why: await answers.whyNotInRound(actor, round, woman, query.get('why')),
			oneMore: await answers.oneMoreInRound(actor, round, query.get('language')),
			languages: await answers.languagesOfRound(actor, round),
		}
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const round = args.params.round
		const path = `/coordination/rounds/${round}`
		const ofWoman = `${path}?woman=${fields.woman}`
		if (fields.intent === 'publish') await publishRound(actor, { round })
		else if (fields.intent === 'drop') await dropRound(actor, { round })
		else if (fields.intent === 'why') {
			return goTo(`${ofWoman}&why=${await answers.findMentor(actor, round, fields)}#woman`)
		} else if (fields.intent === 'move') {
			await moveInRound(actor, { ...fields, round })
			return goTo(`${ofWoman}#woman`)
		} else throw new AppError('not-found')
		return goTo(path)
	})

export default function Round() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <RoundPage {...shown} result={useActionData<typeof action>()} />
}
