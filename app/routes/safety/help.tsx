import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { localeFor, titleFor } from '~/features/members/locale.server'
import { readActor } from '~/features/members/session.server'
import { setting } from '~/features/members/settings/settings.server'
import { HelpPage } from '~/features/safety/components/help-page'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** For everybody: also for a woman who waits for approval, is suspended or has never been here. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await readActor(args)
		return {
			title: await titleFor(args, 'footer.label'),
			hostCountry: actor?.hostCountry ?? (setting('hostCountry') || null),
			hers: actor ? [...actor.reads, ...actor.speaks] : [await localeFor(args)],
			askCountry: actor !== null && actor.hostCountry === null,
			mayReport: actor !== null,
			now: new Date(),
		}
	})

export default function Help() {
	const { title: _title, ...help } = useLoaderData<typeof loader>()
	return <HelpPage {...help} />
}
