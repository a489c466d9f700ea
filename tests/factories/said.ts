import type { Said } from '~/platform/i18n/chain'

/** A text as pages are given it, in a language that is read from left to right. */
export const said = (text: string, lang = 'en'): Said => ({ text, lang, dir: 'ltr' })
