import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { MentorList } from '~/features/mentoring/finding/components/mentor-list'
import { listMentors } from '~/features/mentoring/finding/mentors.server'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const query = new URL(args.request.url).searchParams
		const [language, need, after] = [query.get('language'), query.get('need'), query.get('after')]
		const shown = await listMentors(actor, await localeFor(args), { language, need, after })
		return { title: await titleFor(args, 'nav.mentoring'), ...shown }
	})

export default function Mentors() {
	return <MentorList {...useLoaderData<typeof loader>()} />
}
