import { data } from '@remix-run/node'
import { db } from '~/db/client.server'
import { endedFor, requireActor } from '~/features/members/session.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import type { Fields, RequestArgs } from '~/platform/http.server'
import { isPlace, keepDraft } from './drafts.server'

interface Writing {
	fields: Fields
	/** Where her draft belongs. */
	place: string
	/** Where she was writing. */
	path: string
}

const wordsOf = ({ title, body }: Fields) =>
	[title, body].filter((text): text is string => typeof text === 'string' && text.trim() !== '').join('\n\n')

/**
 * Takes what she wrote, or shows it to her again: where her session ended while she wrote it becomes her draft, and
 * where the page is gone (`not-found`) it stands on the page that says so. Nothing she typed is lost to a refusal.
 */
export async function keepUnsent<Out>(
	args: RequestArgs,
	{ fields, place, path }: Writing,
	act: (actor: Actor) => Promise<Out>,
): Promise<Out> {
	try {
		return await act(await requireActor(args))
	} catch (error) {
		const words = wordsOf(fields)
		const lost = error instanceof AppError && ['not-signed-in', 'not-found'].includes(error.code)
		if (!lost || !words) throw error
		const kept = error.code === 'not-signed-in' && (await keptFor(endedFor(args), place, fields))
		throw data(
			{ code: error.code, details: {}, words, kept, to: path },
			{ status: error.status, headers: { 'cache-control': 'no-store' } },
		)
	}
}

/** Her session is over, so no command of hers can run; the draft is all that it still opens. */
async function keptFor(memberId: string | undefined, place: string, { title, body, language }: Fields) {
	if (!memberId || !isPlace(place)) return false
	const text = (value: Fields[string] | undefined) => (typeof value === 'string' ? value : '')
	await keepDraft(db, memberId, {
		place,
		title: text(title),
		body: text(body),
		language: text(language) || undefined,
	})
	return true
}
