import { betterSentences } from '~/db/schema/wording'
import { type Actor, holds } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { hasAtMost } from '~/platform/text'
import { presentSentence, roomOf, sentencesOf } from './catalogue.server'
import { findSentences } from './searching'
import { faultOf, inItsLetters, PLURAL, placeholdersIn, type Sentence } from './sentence-rules'
import { Suggest } from './sentences.schema'

interface Asked {
	/** What she looks for. */
	q: string
	/** The sentence she chose. */
	key: string | null
}

/** The page on which she says a sentence of her language better: what she found, or the one she chose. Throws `not-found`. */
export function seeSentences(actor: Actor, locale: string, { q, key }: Asked) {
	const sentences = sentencesOf(locale)
	const shown = (sentence: Sentence) => presentSentence(locale, sentence, holds(actor, 'coordinator'))
	if (key === null) return { found: findSentences(sentences, q).map(shown), chosen: null }
	// She may have changed the language here, and another language has other plural forms.
	const chosen = sentences.get(key) ?? sentences.get(key.replace(PLURAL, '_other'))
	if (!chosen) throw new AppError('not-found')
	const parts = [...new Set(placeholdersIn(chosen.text))]
	return {
		found: [],
		chosen: { ...shown(chosen), parts, room: roomOf(chosen), formKey: crypto.randomUUID() },
	}
}

/** What is wrong with her sentence, at its field. */
function refuse(language: string, sentence: Sentence, better: string) {
	const refused = (key: string) => new AppError('invalid', { fields: { better: key } })
	if (!hasAtMost(better, roomOf(sentence))) throw refused('errors:tooLong')
	const fault = faultOf(language, sentence, better)
	if (fault) throw refused(`sentences:wrong.${fault}`)
}

/**
 * Keeps how she would say a sentence of the interface, for coordinators. The same form sent twice is kept once. Throws
 * `invalid` where it could not stand in the catalogue, `not-found` where there is no such sentence.
 */
export const suggestSentence = command({
	input: Suggest,
	limit: 'sentences',
	async run({ actor, input: { formKey, language, key, better: typed, why }, tx }) {
		const sentence = sentencesOf(language).get(key)
		if (!sentence) throw new AppError('not-found')
		const better = inItsLetters(language, typed)
		refuse(language, sentence, better)
		await tx
			.insert(betterSentences)
			.values({ formKey, locale: language, key, before: sentence.text, better, why, madeBy: actor.id })
			.onConflictDoNothing({ target: betterSentences.formKey })
	},
})
