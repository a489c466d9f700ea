import { chooseLanguage } from '~/features/members/account.server'
import { readActor } from '~/features/members/session.server'
import { env } from '~/platform/env.server'
import { goTo, leadOn, ownPath, type RequestArgs } from '~/platform/http.server'
import { isUiLocale, LANGUAGE_COOKIE } from '~/platform/i18n/i18n.server'

export { NoPage as default } from '~/ui/trouble'

const YEAR_S = 31_536_000

/** Opened by hand, the address has nothing to show: the switcher is on every page. */
export const loader = () => goTo('/')

/** Her choice, kept in a cookie and in her profile, then back to where she was. */
export const action = (args: RequestArgs) =>
	leadOn(args, async ({ language, back }) => {
		const path = ownPath(back) ?? '/'
		if (!isUiLocale(language)) return goTo(path)
		const actor = await readActor(args)
		if (actor) await chooseLanguage(actor, { language })
		const secure = env().https ? '; Secure' : ''
		const cookie = `${LANGUAGE_COOKIE}=${language}; Path=/; SameSite=Lax; HttpOnly; Max-Age=${YEAR_S}${secure}`
		return goTo(path, { 'set-cookie': cookie })
	})
