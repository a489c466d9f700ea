import { chooseLanguage } from '~/features/members/account.server'
import { readActor } from '~/features/members/session.server'
import { goTo, leadOn, ownPath, type RequestArgs } from '~/platform/http.server'
import { isUiLocale } from '~/platform/i18n/i18n.server'
import { languageCookie } from '~/platform/switching.server'

export { NoPage as default } from '~/ui/trouble'

/** Opened by hand, the address has nothing to show: the switcher is on every page. */
export const loader = () => goTo('/')

/** Her choice, kept in a cookie and in her profile, then back to where she was. */
export const action = (args: RequestArgs) =>
	leadOn(args, async ({ language, back }) => {
		const path = ownPath(back) ?? '/'
		if (!isUiLocale(language)) return goTo(path)
		const actor = await readActor(args)
		if (actor) await chooseLanguage(actor, { language })
		return goTo(path, { 'set-cookie': languageCookie(language) })
	})
