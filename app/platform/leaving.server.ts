import type { Server } from 'node:http'
import { Server as Listener } from 'node:net'

const DRAIN_WITHIN_MS = 10_000
/** A browser is told how long its connection is kept for it, and may just be about to use it. */
const LATE_BY_MS = 1_500

/**
 * Stops taking connections and lets the answers under way finish, within ten seconds. `replaced`: another process of
 * this machine serves, and nobody may notice. Whoever asks something more on her connection is answered, and told to
 * open another; one that lies idle is kept as long as it was promised, for a request may be on its way.
 */
export function closeHttp(http: Server, { replaced = false } = {}) {
	return new Promise<void>((resolve) => {
		const late = setTimeout(() => {
			http.closeAllConnections()
			resolve()
		}, DRAIN_WITHIN_MS)
		const closed = () => {
			clearTimeout(late)
			resolve()
		}
		if (!replaced) return void http.close(closed)
		http.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
		// Node's own `close` of such a server cuts idle connections at once.
		Listener.prototype.close.call(http, closed)
		setTimeout(() => http.closeIdleConnections(), http.keepAliveTimeout + LATE_BY_MS).unref()
	})
}
