import type { Db, Tx } from '~/db/client.server'
import type { DomainEvent } from '~/platform/bus.server'

/** Something she wrote, as it is shown to her in her copy. */
export interface OwnText {
	at: Date | null
	title?: string
	text: string
	lang: string | null
	dir?: 'ltr' | 'rtl'
}

/** What one kind of thing adds to her copy: words of hers to read, and whatever else is kept about her. */
export interface Part {
	/** Its name: `members:data.parts.<name>` in the catalogue, and the key in the machine's copy. */
	name: string
	texts?: OwnText[]
	facts?: Record<string, unknown>[]
}

/**
 * How her account reaches what features keep without knowing them: each feature hands in one, and the routes pass them
 * on. `tables` are the tables it answers for (a guard fails on one that nobody does).
 */
export interface Belongings {
	tables: readonly string[]
	/** Everything of hers in these tables, and nothing of anybody else. */
	collect(db: Db, memberId: string): Promise<Part[]>
	/** Called for each before anything goes: locks what others lock first and come to her afterwards. */
	lock?(tx: Tx, memberId: string): Promise<unknown>
	/** Called before her account goes: `remove` takes her words away, `keep` leaves them with no link to her. */
	leave?(
		tx: Tx,
		memberId: string,
		words: 'keep' | 'remove',
		publish: (event: DomainEvent) => void,
	): Promise<void>
}
