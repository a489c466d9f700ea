import { env } from './env.server'

/** Over https it is this host's alone: no neighbour under the same domain can set or replace it (RFC 6265bis, 4.1.3.2). */
const nameOf = (name: string) => (env().https ? `__Host-${name}` : name)

/** The value of our cookie of this name, if one of this shape (the source of a regular expression) was sent. */
export const cookieIn = (header: string | null | undefined, name: string, shape: string) =>
	new RegExp(`(?:^|;\\s*)${nameOf(name)}=(${shape})(?:;|$)`).exec(header ?? '')?.[1]

/** Set-Cookie, out of reach for scripts. Without `maxAge` (seconds) it goes when the browser is closed, with 0 at once. */
export function setCookie(name: string, value: string, { maxAge }: { maxAge?: number } = {}): string {
	const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`
	return `${nameOf(name)}=${value}; Path=/; HttpOnly; SameSite=Lax${env().https ? '; Secure' : ''}${age}`
}
