import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { LessonPage } from '~/features/mentoring/offers/components/training-lesson'
import { ANSWERS } from '~/features/mentoring/offers/training'
import { answerLesson, readLesson } from '~/features/mentoring/offers/training.server'
import { goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'nav.mentoring'),
		...(await readLesson(await requireActor(args), args.params.lesson)),
	}))

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { next } = await answerLesson(actor, { ...fields, lesson: args.params.lesson })
		return goTo(next ? `/mentoring/training/${next}` : '/mentoring/training')
	})

export default function LessonRoute() {
	const { title: _title, ...lesson } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	const tried = ANSWERS.find((answer) => answer === result?.details?.answer) ?? null
	return <LessonPage {...lesson} tried={tried} result={result} />
}
