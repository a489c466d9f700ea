import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { closeCircle, handOn, leaveCircle, takeOut } from './circles.server'
import { acceptCircle, invite, refuseCircle, takeBackInvitation } from './invitations.server'

/** The fields of a form, and the room of its address. */
type Input = Record<string, unknown> & { room?: string }

const pathOf = ({ room }: Input) => `/chat/${room}`

/** What the forms of a circle's page do, each answering with the address to go to. */
const ACTS: Record<string, (actor: Actor, input: Input) => Promise<string>> = {
	async invite(actor, input) {
		await invite(actor, input)
		return `${pathOf(input)}/people?asked=yes`
	},
	async 'take-back'(actor, input) {
		await takeBackInvitation(actor, input)
		return `${pathOf(input)}/people`
	},
	async 'take-out'(actor, input) {
		await takeOut(actor, input)
		return `${pathOf(input)}/people`
	},
	async 'hand-on'(actor, input) {
		await handOn(actor, input)
		return `${pathOf(input)}/people`
	},
	async close(actor, input) {
		await closeCircle(actor, input)
		return pathOf(input)
	},
	async leave(actor, input) {
		await leaveCircle(actor, input)
		return '/chat'
	},
}

/** Does what a form of a circle's page asks for; returns the address to go to. Throws `not-found` for anything else. */
export function actInCircle(actor: Actor, input: Input & { intent?: unknown }): Promise<string> {
	const intent = String(input.intent)
	if (!Object.hasOwn(ACTS, intent)) throw new AppError('not-found')
	return ACTS[intent]!(actor, input)
}

/** Answers an invitation, by a form of the list of rooms; returns the address to go to. */
export async function answerInvitation(actor: Actor, fields: Record<string, unknown>): Promise<string> {
	if (fields.intent === 'accept') {
		await acceptCircle(actor, fields)
		return `/chat/${fields.room}`
	}
	if (fields.intent !== 'refuse') throw new AppError('not-found')
	await refuseCircle(actor, fields)
	return '/chat'
}
