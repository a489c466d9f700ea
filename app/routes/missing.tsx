import { AppError } from '~/platform/errors'
import { page, type RequestArgs } from '~/platform/http.server'

/** Any address that is not in routes.ts: the same answer, to the byte, as a thing she may not see. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		throw new AppError('not-found')
	})

export const action = (args: RequestArgs) => loader(args)

export default function Missing() {
	return null
}
