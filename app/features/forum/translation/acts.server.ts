import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import type { Fields } from '~/platform/http.server'
import { WAITING_PATH } from '../waiting.server'
import { claim, release } from './claims.server'
import { discardTranslationDraft, saveTranslationDraft } from './draft.server'
import { draftByMachine } from './machine.server'
import { publishTranslation } from './publishing.server'

/** Where a translation is written. */
export const translatingPath = (post: string, language: string) => `/forum/translate/${post}/${language}`

/** What a button of the page to translate on does; returns where she goes from there. */
export async function actOnTranslating(
	actor: Actor,
	{ post, language }: { post: string; language: string },
	fields: Fields,
): Promise<string> {
	const here = translatingPath(post, language)
	const sent = { ...fields, post, language }
	switch (fields.act) {
		case 'publish':
		case 'publish-surely': {
			const sure = fields.act === 'publish' ? undefined : 'yes'
			const { path, waits } = await publishTranslation(actor, { ...sent, sure })
			return waits ? WAITING_PATH : path
		}
		case 'save':
			await saveTranslationDraft(actor, sent)
			return `${here}?said=saved`
		case 'machine':
			await draftByMachine(actor, sent)
			return `${here}?said=machine`
		case 'discard':
			await discardTranslationDraft(actor, sent)
			return '/forum/translate'
		case 'claim':
			await claim(actor, sent)
			return here
		case 'release':
			await release(actor, sent)
			return here
		default:
			throw new AppError('invalid')
	}
}
