import type { Actor } from '~/platform/actor'

/** The languages she can read a page in, the one of her pages first. */
export const languagesOf = (actor: Pick<Actor, 'reads' | 'speaks'>, locale: string) => [
	...new Set([locale, ...actor.reads, ...actor.speaks]),
]

/** Whether she can translate: she speaks the one language and reads or speaks the other. */
export const canTranslate = (actor: Pick<Actor, 'reads' | 'speaks'>, from: string, to: string) =>
	from !== to && actor.speaks.includes(to) && (actor.reads.includes(from) || actor.speaks.includes(from))
