import type { ActionFunctionArgs } from '@remix-run/node'
import { stopRecovery } from '~/features/members/running-recovery.server'
import { requireAnyActor } from '~/features/members/session.server'
import { goTo, leadOn } from '~/platform/http.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand it changes nothing: only the form stops it. */
export const loader = () => goTo('/me/safety')

/** Stops that staff opens her account again; hers also while she waits or is suspended. */
export const action = (args: ActionFunctionArgs) =>
	leadOn(args, async () => {
		await stopRecovery(await requireAnyActor(args), {})
		return goTo('/me/safety?stopped')
	})
