import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { NextFunction, Request, Response } from 'express'
import { setCookie } from './cookies.server'
import { collect, type Fields, FORM_BYTES, shownAgain } from './http.server'
import { alsoCookie } from './i18n/also.server'
import { isUiLocale, LANGUAGE_COOKIE } from './i18n/i18n.server'
import { logFault } from './log.server'

declare module '@remix-run/node' {
	interface AppLoadContext {
		/** What she had typed when she asked for the page in another language. */
		kept?: Kept
	}
}

export interface Kept {
	/** The id of the form it stood in. */
	form: string
	values: Fields
}

const YEAR_S = 31_536_000
/** What a language button is named: by the form that it sends (app/ui/keeping.tsx). */
const NAME = /^showIn ([\w-]{1,80})$/
/** An invitation's, or one that is over in half a minute. */
const SHOWN_ALSO = ['code']

/** Set-Cookie for the language of who has no profile, or is signed out. */
export const languageCookie = (language: string) => setCookie(LANGUAGE_COOKIE, language, { maxAge: YEAR_S })

/** All forms of ours are sent as addresses are written. This one way is the language buttons' alone. */
const asksForLanguage = ({ method, headers }: Request) =>
	method === 'POST' &&
	/^multipart\/form-data\b/i.test(headers['content-type'] ?? '') &&
	Number(headers['content-length'] ?? Number.NaN) <= FORM_BYTES.member

async function read(request: Request): Promise<Fields> {
	const body = Readable.toWeb(request) as ReadableStream<Uint8Array>
	const headers = { 'content-type': request.headers['content-type'] ?? '' }
	const sent = await new globalThis.Response(body as BodyInit, { headers }).formData()
	return collect([...sent].filter((field): field is [string, string] => typeof field[1] === 'string'))
}

interface Asked extends Kept {
	language: string
}

function askedIn(fields: Fields): Asked | undefined {
	const button = Object.keys(fields).find((name) => NAME.test(name))
	if (button === undefined) return undefined
	const { [button]: language, ...typed } = fields
	return { form: NAME.exec(button)![1]!, language: String(language), values: shownAgain(typed, SHOWN_ALSO) }
}

/** Gives her a cookie; already this page is asked for with it. */
function give(request: Request, response: Response, cookie: string) {
	response.append('set-cookie', cookie)
	request.headers.cookie = [cookie.split(';')[0], request.headers.cookie].filter(Boolean).join('; ')
}

/**
 * Answers a language button: the form that she writes in comes to its own page, which is then asked for as if it were
 * opened anew, in that language. So nothing of the form's action runs, and what she typed is rendered into the form again
 * (docs/decisions/028). `choose` keeps the language in her profile.
 */
export const switching =
	(choose: (cookies: string | undefined, language: string) => Promise<void>) =>
	async (request: Request, response: Response, next: NextFunction) => {
		if (!asksForLanguage(request) || response.locals.tooLarge) return next()
		const asked = await read(request).then(askedIn, () => undefined)
		if (!asked) return void response.sendStatus(400)
		const { form, language, values } = asked
		// A second language beside hers, or none any more (docs/decisions/024).
		if (/^[+-]/.test(language)) give(request, response, alsoCookie(language.slice(1)))
		if (isUiLocale(language)) {
			// Where it cannot be kept the page comes all the same, with her words.
			await choose(request.headers.cookie, language).catch((fault: unknown) => logFault('language', fault))
			give(request, response, languageCookie(language))
		}
		request.method = 'GET'
		response.locals.kept = { form, values } satisfies Kept
		next()
	}
