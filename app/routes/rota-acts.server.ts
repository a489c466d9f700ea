import type { ActionFunctionArgs } from '@remix-run/node'
import { requireActor } from '~/features/members/session.server'
import { addShift, type RotaRole, removeShift } from '~/features/moderation/rota/rota.server'
import { AppError } from '~/platform/errors'
import { goTo, respond } from '~/platform/http.server'

/** What the forms of a page of the rota do, and back to it. */
export const actOnRota = (as: RotaRole, path: string) => {
	const acts = { add: addShift(as), remove: removeShift(as) } as const
	return (args: ActionFunctionArgs) =>
		respond(args, async (fields) => {
			const actor = await requireActor(args)
			const { intent } = fields
			if (intent !== 'add' && intent !== 'remove') throw new AppError('not-found')
			await acts[intent](actor, fields)
			return goTo(path)
		})
}
