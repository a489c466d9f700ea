import { chooseLanguage } from './account.server'
import { actorOfToken, tokenIn } from './session.server'

/** Keeps the language in the profile of whose cookies these are; who is signed out has none. */
export async function chooseFor(cookies: string | undefined, language: string) {
	const actor = await actorOfToken(tokenIn(cookies))
	if (actor) await chooseLanguage(actor, { language })
}
