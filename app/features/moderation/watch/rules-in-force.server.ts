import { asc, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { watchRules } from '~/db/schema/house-rules'
import { subscribe } from '~/platform/bus.server'
import { keptInMemory } from '~/platform/kept.server'
import { once } from '~/platform/once.server'
import { Rulebook } from './rulebook'

declare module '~/platform/bus.server' {
	interface DomainEvents {
		/** A rule was made or ended. */
		'watching:changed': Record<never, never>
	}
}

/** Says all rules in force in one word, without reading them. */
async function markOf(): Promise<string> {
	const [row] = await db
		.select({ mark: sql<string>`count(*) || ' ' || coalesce(max(${watchRules.madeAt})::text, '')` })
		.from(watchRules)
		.where(isNull(watchRules.endedAt))
	return row!.mark
}

const readRules = () =>
	db
		.select({
			id: watchRules.id,
			language: watchRules.language,
			kind: watchRules.kind,
			text: watchRules.text,
			action: watchRules.action,
		})
		.from(watchRules)
		.where(isNull(watchRules.endedAt))
		.orderBy(asc(watchRules.madeAt), asc(watchRules.id))

interface Ready {
	book: Rulebook
	mark: string
}

/** Kept ready, since every message asks: to read them then would take a second connection while one is held. */
const kept = keptInMemory<Ready>(
	'watch-rules',
	{ book: new Rulebook([]), mark: '' },
	async (): Promise<Ready> => {
		const mark = await markOf()
		// Ten thousand words take most of a second to make ready: only where they changed.
		return mark === kept.now().mark ? kept.now() : { book: new Rulebook(await readRules()), mark }
	},
)

once('watch-rules-heard', () => {
	subscribe('watching:changed', () => kept.changed())
	return true
})

/** Reads the rules, at the start. */
export const loadWatchRules = kept.refresh

/** The rules in force: at once in this process, and in the others as soon as they hear of a change. */
export const watchRulesInForce = (): Rulebook => kept.now().book
