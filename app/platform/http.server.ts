import { type AppLoadContext, data, redirect } from '@remix-run/node'
import type { Visitor } from './actor'
import { AppError, type FieldErrors } from './errors'
import { isStorable } from './text'

declare module '@remix-run/node' {
	interface AppLoadContext {
		/** Nonce of this response's Content-Security-Policy. */
		nonce: string
		visitor: Visitor
		/** Its form is larger than who sent it may send, and is not read. */
		tooLarge?: boolean
		/** Things worked out once for this request and asked for by several loaders. */
		memo: Map<string, unknown>
	}
}

/** What a loader or an action is given. */
export interface RequestArgs {
	request: Request
	context: AppLoadContext
}

export type Fields = Record<string, string | string[]>

/** What an action tells the page: the form shows it (`app/ui/form.tsx`). */
export interface FormResult {
	ok: boolean
	code?: string
	fields?: FieldErrors
	details?: Record<string, string | number>
	values?: Fields
}

/**
 * What a form may hold: from anyone, and from a woman with a session. Hers is read up to 100,000 characters of any
 * script (12 bytes each as forms send them): a text far too long for us comes back to her, with the reason.
 */
export const FORM_BYTES = { anyone: 256 * 1024, member: 1280 * 1024 } as const
const FIELDS_AT_MOST = 400
/** Never sent back into a page. */
const SECRET_FIELDS = new Set(['passphrase', 'newPassphrase', 'code', 'recoveryCode', 'secondFactor'])

async function readLimited(request: Request): Promise<string> {
	// A size that is told was judged at the gate; browsers always tell it.
	const limit = request.headers.has('content-length') ? FORM_BYTES.member : FORM_BYTES.anyone
	const chunks: Uint8Array[] = []
	let size = 0
	const reader = request.body?.getReader()
	while (reader) {
		const { done, value } = await reader.read()
		if (done) break
		size += value.byteLength
		if (size > limit) throw new AppError('invalid', { status: 400, fields: { '': 'errors:tooMuch' } })
		chunks.push(value)
	}
	return Buffer.concat(chunks).toString('utf8')
}

/**
 * The fields of a posted form. A field that comes twice is an array. Throws `invalid` (400) for a body that is no
 * form, is larger than `FORM_BYTES`, has over 400 fields, or holds text the database cannot keep.
 */
export async function formFields(request: Request): Promise<Fields> {
	const type = request.headers.get('content-type') ?? ''
	if (!type.startsWith('application/x-www-form-urlencoded')) throw new AppError('invalid', { status: 400 })
	return collect([...new URLSearchParams(await readLimited(request))])
}

/** The fields of a form as they were sent, in order; throws like `formFields`. */
export function collect(sent: readonly [string, string][]): Fields {
	if (sent.length > FIELDS_AT_MOST) throw new AppError('invalid', { status: 400 })
	const fields: Fields = {}
	for (const [name, raw] of sent) {
		// Browsers send line ends as CRLF whatever she typed.
		const value = raw.replaceAll('\r\n', '\n')
		if (!isStorable(name) || !isStorable(value)) {
			throw new AppError('invalid', { status: 400, fields: { [name]: 'errors:strange' } })
		}
		const before = Object.hasOwn(fields, name) ? fields[name] : undefined
		Object.defineProperty(fields, name, {
			value: before === undefined ? value : [before, value].flat(),
			enumerable: true,
			configurable: true,
			writable: true,
		})
	}
	return fields
}

/** The fields that may be shown again after a refusal; `also` are those that are no secret on this page. */
export const shownAgain = (fields: Fields, also: readonly string[]): Fields =>
	Object.fromEntries(
		Object.entries(fields).filter(([name]) => !SECRET_FIELDS.has(name) || also.includes(name)),
	)

const NO_STORE = { 'cache-control': 'no-store' }

/** A path of our own to go to after signing in, or undefined: anything that could leave the site is dropped. */
export function ownPath(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > 300 || !/^\/(?![/\\])[\w\-./~?=&%]*$/.test(value))
		return undefined
	const { origin, pathname, search } = new URL(value, 'http://own.invalid')
	// Without its dots `/.//host` begins with two slashes, which name another site.
	return origin === 'http://own.invalid' && !pathname.startsWith('//') ? pathname + search : undefined
}

/** Goes to a page of ours after a form (303). A header takes no line end and no letter beyond ASCII, addresses do. */
export const goTo = (path: string, headers: HeadersInit = {}) =>
	redirect(
		path
			.replace(/^[/\\]{2,}/, '/')
			.replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed())),
		{ status: 303, headers },
	)

function signInFirst(request: Request) {
	const { pathname } = new URL(request.url)
	return goTo(`/sign-in?next=${encodeURIComponent(pathname)}`)
}

/**
 * Runs a loader. An `AppError` becomes a thrown response for the error page (hidden and missing alike: 404), or the
 * way to sign in.
 */
export async function page<T>(args: RequestArgs, read: () => Promise<T>): Promise<T> {
	try {
		return await read()
	} catch (error) {
		if (!(error instanceof AppError)) throw error
		if (error.code === 'not-signed-in') throw signInFirst(args.request)
		throw data({ code: error.code, details: error.details }, { status: error.status, headers: NO_STORE })
	}
}

/**
 * Runs an action. It may return a response (a redirect) or nothing; a refusal becomes a `FormResult` with its status
 * and the values she typed, so that nothing she wrote is lost. What is missing, or too large to be read, becomes the
 * error page.
 */
export async function respond(
	args: RequestArgs,
	act: (fields: Fields) => Promise<Response | FormResult | undefined>,
	showAlso: readonly string[] = [],
) {
	let fields: Fields = {}
	try {
		if (args.context.tooLarge) throw new AppError('too-large')
		fields = await formFields(args.request)
		const out = await act(fields)
		return out instanceof Response ? out : data(out ?? ({ ok: true } as FormResult), { headers: NO_STORE })
	} catch (error) {
		if (!(error instanceof AppError)) throw error
		if (error.code === 'not-found' || error.code === 'too-large')
			throw data({ code: error.code, details: {} }, { status: error.status, headers: NO_STORE })
		const { code, fields: faults, details } = error
		const result: FormResult = {
			ok: false,
			code,
			fields: faults,
			details,
			values: shownAgain(fields, showAlso),
		}
		return data(result, { status: error.status, headers: NO_STORE })
	}
}

/**
 * Runs the action of a route without a page of its own, which leads on to another. A refusal is the error page, with its
 * status and in words; for that, `NoPage` (`app/ui/trouble.tsx`) is its page.
 */
export async function leadOn(
	args: RequestArgs,
	act: (fields: Fields) => Promise<Response>,
): Promise<Response> {
	const answer = await respond(args, act)
	if (answer instanceof Response) return answer
	const { code, details, fields } = answer.data
	throw data({ code, details, fields }, answer.init ?? undefined)
}

/**
 * What a script sent for her is done, and there is nothing to show (204). Thrown: after what is returned Remix would run
 * the route's loader, which leads on.
 */
export const quietly = () => data(null, { status: 204, headers: NO_STORE })

const FILE = 'file'

/**
 * Answers the form of a page with a file. Whatever a page's action returns is the form's result to Remix, and rendered
 * into the page: so the file waits beside it, and the entry sends it instead (`fileIn`).
 */
export function answerWithFile({ context }: RequestArgs, file: Response) {
	context.memo.set(FILE, file)
}

/** The file that an action made for this request, if it made one. */
export const fileIn = ({ memo }: AppLoadContext) => memo.get(FILE) as Response | undefined
