import { endonym } from '~/platform/i18n/languages'
import { scriptOf } from '~/platform/i18n/script'
import { guessLanguage } from '~/platform/language-guess.server'
import { concerns, type Said, type WatchRule } from './rulebook'
import { watchRulesInForce } from './rules-in-force.server'

/** Whether it is written in a script that this language has not, so that it cannot be in that language. */
function contradicts({ text, lang }: Said) {
	const script = scriptOf(text)
	return lang !== null && script !== undefined && script !== scriptOf(endonym(lang))
}

/** What a text may be in: as she says, and as it looks. Null where that tells nothing. */
async function languagesOf(said: Said): Promise<(string | null)[]> {
	const guess = await guessLanguage(said.text)
	if (guess) return [said.lang, guess.lang]
	return contradicts(said) ? [null] : [said.lang]
}

/**
 * The rules in force that find something in it: those for every language, for the one she says it is in, and for the one
 * it looks like, since a rule would else be passed by naming another language. That is asked only where a rule for another
 * language has found something: what costs time is not done for every text.
 */
export async function rulesFinding(said: Said): Promise<WatchRule[]> {
	const found = watchRulesInForce().findAny(said.text)
	if (found.every(concerns([said.lang]))) return found
	return found.filter(concerns(await languagesOf(said)))
}

/** Whether no rule at all finds something in it, whatever language it is for. */
export const isUnfound = (text: string): boolean => watchRulesInForce().findAny(text).length === 0
