import { AppError } from '~/platform/errors'
import { guessLanguage } from '~/platform/language-guess.server'

interface Said {
	language: string
	/** Her answer, where she was asked whether her text is in the language she said. */
	confirmed?: string
}

/** The language a text is kept under, and how it is known. */
export const languageOf = ({ language, confirmed }: Said) => ({
	lang: confirmed ?? language,
	langSource: confirmed ? ('confirmed' as const) : ('declared' as const),
})

/**
 * Asks once, where her words are surely in another language than she said: a text under the wrong language is read by
 * the wrong voice and asked for in the wrong list. Throws `invalid` with the guess; her answer comes as `confirmed`.
 */
export async function checkLanguage({ language, confirmed, body }: Said & { body: string }) {
	if (confirmed) return
	const guess = await guessLanguage(body.replace(/^[^\S\n]*>.*$/gm, ''))
	if (!guess?.sure || guess.lang === language) return
	throw new AppError('invalid', {
		fields: { language: 'errors:lookAtLanguage' },
		details: { guess: guess.lang },
	})
}
