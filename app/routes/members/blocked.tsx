import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import * as blocks from '~/features/members/blocks.server'
import { BlockedPage } from '~/features/members/components/blocked-page'
import { titleFor } from '~/features/members/locale.server'
import * as mutes from '~/features/members/mutes.server'
import { requireAnyActor } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { type Fields, goTo, page, respond } from '~/platform/http.server'
import { blockDoors } from '../block-doors.server'

export { titled as meta } from '~/page-title'

/** Hers also while she waits for approval or is suspended. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const actor = await requireAnyActor(args)
		const query = new URL(args.request.url).searchParams
		const [title, shown, muted] = await Promise.all([
			titleFor(args, 'nav.me'),
			blocks.readBlocked(actor, blockDoors, query.get('person')),
			mutes.readMuted(actor, blockDoors),
		])
		return { title, ...shown, muted, done: doneIn(query) }
	})

const DONE = ['blocked', 'lifted', 'muted', 'unmuted'] as const
type Done = (typeof DONE)[number]

const doneIn = (query: URLSearchParams) => DONE.find((done) => done === query.get('done')) ?? null

/** What the buttons do, and what the page then says: the same for a name that nobody has. */
const CHANGES: Record<string, [(actor: Actor, fields: Fields) => Promise<unknown>, Done]> = {
	block: [blocks.blockPerson(blockDoors), 'blocked'],
	unblock: [blocks.unblockPerson, 'lifted'],
	blockName: [blocks.blockHandle(blockDoors), 'blocked'],
	unblockName: [blocks.unblockHandle, 'lifted'],
	mute: [mutes.mutePerson(blockDoors), 'muted'],
	unmute: [mutes.unmutePerson, 'unmuted'],
}

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireAnyActor(args)
		const { intent } = fields
		const change = typeof intent === 'string' && Object.hasOwn(CHANGES, intent) ? CHANGES[intent] : undefined
		if (!change) throw new AppError('not-found')
		const [act, done] = change
		await act(actor, fields)
		return goTo(`/me/blocked?done=${done}`)
	})

export default function Blocked() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <BlockedPage {...shown} result={useActionData<typeof action>()} />
}
