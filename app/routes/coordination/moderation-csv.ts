import type { LoaderFunctionArgs } from '@remix-run/node'
import { localeFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { figuresFile } from '~/features/moderation/figures/figures.server'
import { page } from '~/platform/http.server'

/** The figures as a file. Its name says nothing of what is in it. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const text = await figuresFile(await requireActor(args), await localeFor(args))
		return new Response(text, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': 'attachment; filename="list.csv"',
				'cache-control': 'no-store',
			},
		})
	})
