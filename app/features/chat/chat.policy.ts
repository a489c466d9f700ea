import { type Silence, silenceIn } from '~/features/moderation/measures/restraints'
import type { Actor, Grant } from '~/platform/actor'
import type { Badge } from './chat.wire'

export type RoomKind = 'open' | 'private' | 'session' | 'circle'

/** What the rules need to know of a room the actor can see. */
export interface RoomFacts {
	kind: RoomKind
	/** What brought its people together has ended. */
	closed: boolean
	/** The space it belongs to; null where it belongs to none. */
	spaceId: string | null
}

/** Where others than those she chose, or who chose her, read along. */
const inTheOpen = ({ kind }: Pick<RoomFacts, 'kind'>) => kind === 'open' || kind === 'session'

/** Why she only reads in a room for now, by a decision; null where she may write. Private rooms and circles stay hers. */
export const silentIn = (
	actor: Pick<Actor, 'restraints'>,
	room: Pick<RoomFacts, 'kind' | 'spaceId'>,
): Silence | null => (inTheOpen(room) ? silenceIn(actor, room.spaceId) : null)

/** Who may write where she may read: every active member whom no decision keeps from it, until the room is closed. */
export const canWrite = (
	actor: Pick<Actor, 'status' | 'restraints'>,
	room: Pick<RoomFacts, 'kind' | 'spaceId' | 'closed'>,
) => actor.status === 'active' && !room.closed && silentIn(actor, room) === null

interface Speaker {
	id: string
	speaks: readonly string[]
}

/** Whether she can say this in that language: she speaks both. Where nobody said what it is written in, the one is enough. */
export const canTranslate = (actor: Speaker, message: { lang: string | null }, language: string) =>
	message.lang !== language &&
	actor.speaks.includes(language) &&
	(message.lang === null || actor.speaks.includes(message.lang))

/** Only her own words are hers to change or take back; what others wrote can be reported. */
export const canChange = (actor: Pick<Actor, 'id'>, message: { authorId: string | null }) =>
	message.authorId === actor.id

export const canReport = (actor: Pick<Actor, 'id'>, message: { authorId: string | null }) =>
	message.authorId !== actor.id

/** An open room needs no leaving: she closes the page. */
export const canLeave = (room: Pick<RoomFacts, 'kind'>) => room.kind === 'private'

/** The one role worth showing beside an author's words; her other roles are nobody's business here. */
export function badgeOf(grants: readonly Grant[]): Badge | null {
	if (grants.some(({ role }) => role === 'moderator')) return 'moderator'
	return grants.some(({ role }) => role === 'mentor') ? 'mentor' : null
}
