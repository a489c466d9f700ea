import type { i18n } from 'i18next'
import { createContext, type ReactNode, useContext } from 'react'

/**
 * What pages take from react-i18next while the server renders them (vite.config.ts puts this in its place, as it does
 * `living-texts.ts` in the browser). Its own hook makes four more for every component that says something, to listen for a
 * change of language that never comes while a page is rendered: an eighth of the rendering.
 */
interface Spoken {
	t: i18n['t']
	i18n: i18n
}

const SpokenContext = createContext<Spoken | undefined>(undefined)
const spoken = new WeakMap<i18n, Spoken>()

function spokenBy(instance: i18n): Spoken {
	const known = spoken.get(instance)
	if (known) return known
	const made = { t: instance.getFixedT(null, 'common') as i18n['t'], i18n: instance }
	spoken.set(instance, made)
	return made
}

/** Says what is inside with an instance of i18next. */
export function I18nextProvider({ i18n, children }: { i18n: i18n; children: ReactNode }) {
	return <SpokenContext.Provider value={spokenBy(i18n)}>{children}</SpokenContext.Provider>
}

/** How the page speaks. Throws outside of an `I18nextProvider`. */
export function useTranslation(): Spoken {
	const found = useContext(SpokenContext)
	if (!found) throw new Error('Nothing says in which language this is rendered.')
	return found
}
