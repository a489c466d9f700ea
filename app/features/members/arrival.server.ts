import type { Visitor } from '~/platform/actor'
import { goTo, type RequestArgs } from '~/platform/http.server'
import { keyedHash } from '~/platform/secret.server'
import { localeFor } from './locale.server'
import { sessionCookie } from './session.server'
import { isKnownDevice, readVisit, visitCookie, visitOf } from './visit.server'

/** Where the request of a visitor came from: her limits, her browser's kind and the language she reads now. */
export interface Arrival {
	visitor: Visitor
	userAgent: string | null
	locale: string
	/** Her browser's visit cookie, as it was sent. */
	visit?: string
}

export interface Entered {
	/** For the session cookie. */
	token: string
	device: 'own' | 'shared'
	/** The skeleton of her handle, for the visit cookie. */
	mark: string
}

export const arrivalOf = async (args: RequestArgs): Promise<Arrival> => ({
	visitor: args.context.visitor,
	userAgent: args.request.headers.get('user-agent'),
	locale: await localeFor(args),
	visit: readVisit(args.request),
})

/**
 * Whose tries on an account are counted together: those from one address; and apart from them those of a browser she
 * came in with before, so that nobody can lock her out by trying, not even from the next room.
 */
export function triesOf(purpose: string, mark: string, arrival: Arrival): { known: boolean; key: string } {
	const known = isKnownDevice(arrival.visit, mark)
	return { known, key: keyedHash(purpose, `${mark} ${known ? arrival.visit : arrival.visitor.address}`) }
}

/** Goes to a page of ours with her new session. */
export function enterTo(path: string, { token, device, mark }: Entered) {
	const headers = new Headers()
	headers.append('set-cookie', sessionCookie(token, device))
	headers.append('set-cookie', visitCookie(visitOf(mark), device))
	return goTo(path, headers)
}
