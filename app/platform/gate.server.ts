import { randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { NextFunction, Request, Response } from 'express'
import helmet from 'helmet'
import { cookieIn } from './cookies.server'
import { env } from './env.server'
import { FORM_BYTES } from './http.server'
import { once } from './once.server'
import { keyedHash } from './secret.server'
import type { Kept } from './switching.server'
import { isStorable } from './text'

/** A form that is too large is still taken in up to here, and dropped: a browser reads no answer before it has sent all. */
const DROPPED_AT_MOST_BYTES = 16 * 1024 * 1024
const OPERATORS = new Set(['/healthz', '/readyz', '/metrics'])
/** By which tries of one browser are counted (app/features/members/visit.server.ts). */
export const VISIT_COOKIE = 'visit'
export const VISIT_SHAPE = '[\\w-]{22}'

/** Answers with a bare status: no page, no stack, nothing that names a person or a file. */
function refuse(response: Response, status: number, text: string) {
	response
		.status(status)
		.set({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
		.send(text)
}

const own = () =>
	once('gate:hosts', () => new Map(env().origins.map((origin) => [new URL(origin).host, origin])))

/** Whether the address can be read and names nothing that looks like a way out of the site's folder. */
function readablePath(url: string): number {
	const [path = '', query = ''] = url.split('?', 2)
	if (path.startsWith('//') || path.includes('\\')) return 404
	try {
		const decoded = decodeURIComponent(path)
		decodeURIComponent(query.replaceAll('+', ' '))
		if (!isStorable(decoded) || /(^|\/)\.{1,2}(\/|$)/.test(decoded) || decoded.includes('\\')) return 404
	} catch {
		return 400
	}
	// Remix's data addresses: our pages never ask for them, and its own cross-site check does not cover them all.
	if (path.endsWith('.data') || path === '/__manifest' || /(^|&)_data=/.test(query)) return 404
	return 200
}

/**
 * Whether a request that may change something comes from a page of ours. Browsers say so in Sec-Fetch-Site and Origin;
 * a request with neither is refused, since every browser since 2020 sends one of them with a form (docs/decisions/005).
 */
export function fromOwnPage(
	headers: { origin?: string; 'sec-fetch-site'?: string | string[] },
	ownOrigin: string,
) {
	const { origin } = headers
	const site = headers['sec-fetch-site']
	if (origin !== undefined && origin !== 'null' && origin !== ownOrigin) return false
	if (site !== undefined) return site === 'same-origin'
	return origin === ownOrigin
}

/** First in line: method, host, address and origin, before any code of ours or of Remix sees the request. */
export function gate(request: Request, response: Response, next: NextFunction) {
	if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
		response.set('allow', 'GET, HEAD, POST')
		return refuse(response, 405, 'This address takes only GET and POST.')
	}
	const readable = readablePath(request.url)
	if (readable !== 200)
		return refuse(response, readable, readable === 400 ? 'Unreadable address.' : 'Not found.')
	const host = (request.headers.host ?? '').toLowerCase()
	const origin = own().get(host) ?? (OPERATORS.has(request.path) ? env().origins[0] : undefined)
	if (!origin) return refuse(response, 421, 'This server does not answer for that host.')
	// Remix believes these; only the address we were reached by counts.
	request.headers.host = new URL(origin).host
	delete request.headers['x-forwarded-host']
	delete request.headers['x-forwarded-proto']
	if (request.method === 'POST') {
		if (!fromOwnPage(request.headers, origin))
			return refuse(response, 403, 'This form did not come from this site.')
		// Remix answers 500 to a same-origin form whose browser sent `Origin: null`, or none.
		request.headers.origin = origin
	}
	next()
}

/**
 * Marks forms that are larger than who sends them may send; no such body is read, and the page says so in her language.
 * `hasSession`: whether the cookies are those of a session, also of one that has just ended.
 */
export const sizeGate =
	(hasSession: (cookies: string | undefined) => Promise<boolean>) =>
	async (request: Request, response: Response, next: NextFunction) => {
		const size = Number(request.headers['content-length'] ?? 0)
		if (request.method !== 'POST' || size <= FORM_BYTES.anyone) return next()
		// Where it cannot be asked the action cannot work either, and says so beside her words.
		const fits = size <= FORM_BYTES.member && (await hasSession(request.headers.cookie).catch(() => true))
		response.locals.tooLarge = !fits
		if (size > DROPPED_AT_MOST_BYTES) response.set('connection', 'close')
		next()
	}

/** The first 64 of the 128 bits of an IPv6 address: what one line is given, from which it picks its addresses freely (RFC 6177). */
function lineOf(ip: string) {
	const [front = '', back = ''] = new URL(`http://[${ip.replace(/%.*$/, '')}]`).hostname
		.slice(1, -1)
		.split('::')
	const groups = (part: string) => part.split(':').filter(Boolean)
	const zeros = Array<string>(8 - groups(front).length - groups(back).length).fill('0')
	return [...groups(front), ...zeros, ...groups(back)].slice(0, 4).join(':')
}

/**
 * Where a request comes from, as far as the proxies in front are trusted to tell it: an IPv4 address, or the line of an
 * IPv6 one.
 */
export function originOf(ip: string): string {
	const plain = ip.replace(/^::ffff:(?=[\d.]+$)/i, '')
	return isIPv6(plain) ? lineOf(plain) : plain
}

/** What every loader and action is handed (`AppLoadContext`). */
export function loadContext(request: Request, response: Response) {
	const visit = cookieIn(request.headers.cookie, VISIT_COOKIE, VISIT_SHAPE)
	return {
		nonce: response.locals.nonce as string,
		tooLarge: response.locals.tooLarge === true,
		kept: response.locals.kept as Kept | undefined,
		memo: new Map<string, unknown>(),
		visitor: {
			id: null,
			// A day's key would be finer; the counters it feeds live an hour at most.
			address: keyedHash('address', originOf(request.ip ?? request.socket.remoteAddress ?? '')),
			device: visit ? keyedHash('visit', visit) : '',
		},
	}
}

const PERMISSIONS =
	'accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), ' +
	'magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()'

/** Security headers of every answer, and the nonce its page may run scripts with. */
export function headers() {
	const secure = env().https
	// Older Safari does not count a socket as 'self'; a policy cannot name an IPv6 address.
	const named = env().origins.filter((origin) => !origin.includes('['))
	const socketOrigins = named.map((origin) => origin.replace(/^http/, 'ws'))
	const guard = helmet({
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				defaultSrc: ["'self'"],
				scriptSrc: [
					(_request, response) => `'nonce-${(response as Response).locals.nonce}'`,
					"'strict-dynamic'",
				],
				styleSrc: ["'self'", (_request, response) => `'nonce-${(response as Response).locals.nonce}'`],
				imgSrc: ["'self'", 'data:'],
				connectSrc: ["'self'", ...socketOrigins],
				objectSrc: ["'none'"],
				baseUri: ["'none'"],
				frameAncestors: ["'none'"],
				formAction: ["'self'"],
				...(secure ? { upgradeInsecureRequests: [] } : {}),
			},
		},
		referrerPolicy: { policy: 'same-origin' },
		strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
		crossOriginOpenerPolicy: { policy: 'same-origin' },
		crossOriginResourcePolicy: { policy: 'same-origin' },
		xFrameOptions: { action: 'deny' },
	})
	return (request: Request, response: Response, next: NextFunction) => {
		response.locals.nonce = randomBytes(16).toString('base64')
		response.set('permissions-policy', PERMISSIONS)
		guard(request, response, next)
	}
}
