import { db } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { readerIn, readMessages } from '../messages.server'
import { readRoomPage } from '../room-page.server'
import { seeHost } from './absence.server'
import { findDoor } from './access.server'
import { readDoor } from './cards.server'
import { readSession } from './view.server'

/** As many as she may want to pin one of. */
const LATEST = 8

/** How a session stands, for its page; a host who looks is there. */
async function readStanding(actor: Actor, roomId: string) {
	const view = await readSession(actor, roomId)
	if (view.host && view.state === 'open') await seeHost(roomId)
	return view
}

type Asked = Parameters<typeof readRoomPage>[2]

/** A room for whoever is in it, and the door of a session for whoever may come. Throws `not-found`. */
export async function readRoomOrDoor(actor: Actor, id: string | undefined, asked: Asked) {
	try {
		const shown = await readRoomPage(actor, id, asked)
		const session = shown.room.kind === 'session' ? await readStanding(actor, shown.room.id) : null
		return { shown: { ...shown, session }, door: undefined }
	} catch (error) {
		if (!(error instanceof AppError && error.code === 'not-found')) throw error
		return { shown: undefined, door: await readDoor(actor, id, asked.locale) }
	}
}

/** The page with all tools, for those who lead the session. Throws `not-found` for everyone else. */
export async function readLead(actor: Actor, id: string | undefined) {
	const { names, lang, dir, id: roomId } = await findDoor(db, actor, id)
	const { host, ...view } = await readStanding(actor, roomId)
	if (!host) throw new AppError('not-found')
	const { messages } = await readMessages(roomId, null, readerIn(actor, { kind: 'session' }))
	return {
		room: { id: roomId, name: names?.[lang] ?? '', lang, dir },
		view: { ...view, host },
		latest: messages.slice(-LATEST).reverse(),
		me: actor.id,
	}
}
