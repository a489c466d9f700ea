import type { Actor } from '~/platform/actor'
import { reactToMessage, wishForMessage } from './marking.server'
import { markRead } from './reading.server'
import { setSigns } from './signs/signs.server'
import { editMessage, removeMessage, sendMessage } from './writing.server'

/** The fields of a form, and the room of its address. */
type Input = Record<string, unknown>

const atMessage = ({ id }: { id: string }) => `m-${id}`

/** What the forms of a talk do, each answering with the place on the page to go back to. */
const ACTS: Record<string, (actor: Actor, input: Input) => Promise<string>> = {
	edit: async (actor, input) => atMessage(await editMessage(actor, input)),
	react: async (actor, input) => atMessage(await reactToMessage(actor, input)),
	wish: async (actor, input) => atMessage(await wishForMessage(actor, input)),
	async remove(actor, input) {
		await removeMessage(actor, input)
		return 'end'
	},
	async signs(actor, input) {
		await setSigns(actor, input)
		return 'signs'
	},
	async read(actor, input) {
		await markRead(actor, input)
		return 'end'
	},
}

/** Says something: who answers has read the page she answers on. */
async function say(actor: Actor, input: Input) {
	await sendMessage(actor, input)
	if (input.seq !== undefined) await markRead(actor, input)
	return 'end'
}

/** Does what a form of the talk asks for; returns the place on the page to go back to. */
export const actInTalk = (actor: Actor, input: Input) =>
	(Object.hasOwn(ACTS, String(input.intent)) ? ACTS[String(input.intent)]! : say)(actor, input)
