import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { page, type RequestArgs } from '~/platform/http.server'
import { Gallery } from '~/ui/gallery'

/** Every part of the design system on one page; only in the example community. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		if (!env().example) throw new AppError('not-found')
		return null
	})

export default function Design() {
	return <Gallery />
}
