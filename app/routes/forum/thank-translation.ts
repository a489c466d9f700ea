import { thankForTranslation } from '~/features/forum/translation/wishes.server'
import { requireActor } from '~/features/members/session.server'
import { goTo, leadOn, page, type RequestArgs } from '~/platform/http.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address has nothing to show: the button stands under each translation. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		await requireActor(args)
		return goTo('/forum')
	})

/** Thanks for a translation, or takes them back; then back to the post. */
export const action = (args: RequestArgs) =>
	leadOn(args, async ({ translation, thanks }) => {
		const { path } = await thankForTranslation(await requireActor(args), {
			translation,
			thanks: thanks === 'yes',
		})
		return goTo(path)
	})
