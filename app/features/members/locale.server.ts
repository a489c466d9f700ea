import type { RequestArgs } from '~/platform/http.server'
import { chainOf } from '~/platform/i18n/chain'
import { fixedT, localeOf } from '~/platform/i18n/i18n.server'
import { readActor } from './session.server'

/** The language this request is answered in. */
export const localeFor = async (args: RequestArgs): Promise<string> =>
	localeOf(args.request, await readActor(args))

/** The languages a text is looked for in for whoever asks, most wanted first. */
export const chainFor = async (args: RequestArgs): Promise<string[]> =>
	chainOf(await localeFor(args), await readActor(args))

/** The word for a page's title, from the catalogue (`nav.forum` = `common:nav.forum`). */
export const titleFor = async (args: RequestArgs, key: string): Promise<string> =>
	fixedT(await localeFor(args))(key)
