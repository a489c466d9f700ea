import type { RequestArgs } from '~/platform/http.server'
import { alsoOf, readerOf } from '~/platform/i18n/also.server'
import { chainOf } from '~/platform/i18n/chain'
import { fixedT, localeOf } from '~/platform/i18n/i18n.server'
import { readActor } from './session.server'
import { setting } from './settings/settings.server'

/** The language this request is answered in. */
export const localeFor = async (args: RequestArgs): Promise<string> =>
	localeOf(args.request, await readActor(args), setting('hostCountry'))

/** The languages a text is looked for in for whoever asks, most wanted first. */
export async function chainFor(args: RequestArgs): Promise<string[]> {
	const locale = await localeFor(args)
	return chainOf(locale, readerOf(args.request, await readActor(args), locale, setting('hostCountry')))
}

/** The language this request is answered in besides, if she asked for one. */
export const alsoFor = async (args: RequestArgs): Promise<string | undefined> =>
	alsoOf(args.request, await localeFor(args))

/** The word for a page's title, from the catalogue (`nav.forum` = `common:nav.forum`). */
export const titleFor = async (args: RequestArgs, key: string): Promise<string> =>
	fixedT(await localeFor(args))(key)
