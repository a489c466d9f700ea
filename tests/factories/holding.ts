import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/casework'
import { heldMessages } from '~/db/schema/chat-held'
import { isHeld } from '~/features/chat/chat.wire'
import { sendMessage } from '~/features/chat/writing.server'
import { beginDuty } from '~/features/moderation/duty.server'
import type { Actor } from '~/platform/actor'
import { aMember } from './members'

/** A moderator who reads these languages, of everything or of one space. */
export const aReadingModerator = (reads: string[], spaceId?: string) =>
	aMember({ reads, roles: [{ role: 'moderator', spaceId }] })

/** One who has said that she is there now. */
export async function onDuty(reads: string[], spaceId?: string): Promise<Actor> {
	const moderator = await aReadingModerator(reads, spaceId)
	await beginDuty(moderator, { hours: '2' })
	return moderator
}

/** The hours of everybody who is on duty have passed. */
export const dutyPasses = () => db.update(moderatorDuties).set({ until: sql`now() - interval '1 second'` })

/** Says something; tells what came of it. */
export const say = (author: Actor, room: string, body: string, more: object = {}) =>
	sendMessage(author, { room, key: randomUUID(), body, language: 'el', ...more })

/** Words that wait in a room that holds. */
export async function aHeld(author: Actor, room: string, body = 'Καλημέρα', more: object = {}) {
	const said = await say(author, room, body, more)
	if (!isHeld(said)) throw new Error('it did not wait')
	return said
}

export const waitingIn = () => db.$count(heldMessages)
