import { closePrivateRoom, openPrivateRoom } from '~/features/chat/rooms.server'
import { reopenPrivateRoom, seatGuest, unseatGuest } from '~/features/chat/seats.server'
import type { PrivateRooms } from '~/features/mentoring/together/match-access.server'

/** What mentoring asks of the chat: the two features do not know each other. */
export const privateRooms: PrivateRooms = {
	open: openPrivateRoom,
	close: closePrivateRoom,
	reopen: reopenPrivateRoom,
	seat: seatGuest,
	unseat: unseatGuest,
}
