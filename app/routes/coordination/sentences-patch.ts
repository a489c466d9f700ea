import type { LoaderFunctionArgs } from '@remix-run/node'
import { patchOf } from '~/features/members/sentences/patch.server'
import { requireActor } from '~/features/members/session.server'
import { page } from '~/platform/http.server'

/** All sentences that were taken in a language, as a file for `git apply` (docs/operation.md). */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const { tag } = args.params
		const text = await patchOf(await requireActor(args), tag)
		return new Response(text, {
			headers: {
				'content-type': 'text/plain; charset=utf-8',
				'content-disposition': `attachment; filename="${tag}.patch"`,
				'cache-control': 'no-store',
			},
		})
	})
