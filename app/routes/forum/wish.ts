import { wish } from '~/features/forum/translation/wishes.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, leadOn, page, type RequestArgs } from '~/platform/http.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address has nothing to show: the buttons stand under the posts. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo('/forum/translate')
	})

/** "Please translate", or no longer; then back to the post. */
export const action = (args: RequestArgs) =>
	leadOn(args, async ({ post, wanted, unwanted }) => {
		const wants = wanted !== undefined
		const { path } = await wish(await requireActor(args), { post, language: wanted ?? unwanted, wants })
		return goTo(path)
	})
