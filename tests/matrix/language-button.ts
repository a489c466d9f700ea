import { Readable } from 'node:stream'
import type { Request, Response } from 'express'
import { chooseFor } from '~/features/members/choosing-language.server'
import { switching } from '~/platform/switching.server'
import { cookieOf, knock } from './door'

interface Pressed {
	token?: string
	/** The form that the button sends, and what is in it. */
	form: string
	fields: readonly [string, string][]
	language: string
}

/** The request of a language button, as a browser makes it of the form. */
async function requestOf(address: string, { token, form, fields, language }: Pressed) {
	const body = new FormData()
	for (const [name, value] of fields) body.append(name, value.replaceAll('\n', '\r\n'))
	body.append(`showIn ${form}`, language)
	const made = new globalThis.Request(`http://localhost:3000${address}`, { method: 'POST', body })
	const bytes = Buffer.from(await made.arrayBuffer())
	const headers = {
		'content-type': made.headers.get('content-type'),
		'content-length': String(bytes.length),
		cookie: token && cookieOf(token),
	}
	return Object.assign(Readable.from([bytes]), { method: 'POST', headers }) as unknown as Request
}

/** Presses a language button of a page: what the server makes of it, and the page that comes. */
export async function pressLanguage(address: string, pressed: Pressed) {
	const request = await requestOf(address, pressed)
	const set: string[] = []
	const response = { locals: {}, append: (_name: string, value: string) => set.push(value) }
	await new Promise<void>((resolve, reject) => {
		const next = (fault?: unknown) => (fault ? reject(fault) : resolve())
		switching(chooseFor)(request, response as unknown as Response, next).catch(reject)
	})
	const { kept } = (response as unknown as Response).locals
	return { ...(await knock(address, { cookies: request.headers.cookie, kept })), method: request.method, set }
}
