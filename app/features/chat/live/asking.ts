import type { Answer } from '../chat.wire'
import type { LiveRoomOptions } from './live-state'

/**
 * Asks by an event; undefined when the connection was lost before the answer came. A connection that does not answer in
 * time is given up for a new one.
 */
export async function ask<T>(
	{ socket, patience }: Required<Pick<LiveRoomOptions, 'socket' | 'patience'>>,
	event: string,
	payload: object,
): Promise<Answer<T> | undefined> {
	try {
		return (await socket.timeout(patience.answer).emitWithAck(event, payload)) as Answer<T>
	} catch {
		if (!socket.connected) return undefined
		socket.io.engine.close()
		return { ok: false, code: 'silent' }
	}
}

/** The close code of a WebSocket whose frame was larger than the server takes. */
const TOO_BIG = 1009

/** Whether a connection was closed for what was sent on it. */
export const isTooBig = (details: unknown) =>
	(details as { context?: { code?: number } } | undefined)?.context?.code === TOO_BIG
