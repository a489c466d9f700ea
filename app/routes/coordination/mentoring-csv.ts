import type { LoaderFunctionArgs } from '@remix-run/node'
import { lastWordIn } from '~/features/chat/silence.server'
import { localeFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { figuresFile } from '~/features/mentoring/figures/figures-lists.server'
import { page } from '~/platform/http.server'

/** A list of the coordinators' as a file. Its name says nothing of what is in it. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireActor(args)
		const text = await figuresFile(actor, args.params.list, await localeFor(args), lastWordIn)
		return new Response(text, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': 'attachment; filename="list.csv"',
				'cache-control': 'no-store',
			},
		})
	})
