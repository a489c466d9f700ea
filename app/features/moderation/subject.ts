import type { Tx } from '~/db/client.server'
import type { Actor } from '~/platform/actor'
import type { DomainEvent } from '~/platform/bus.server'

type Publish = (event: DomainEvent) => void

/** Something that can be reported, as moderators see it. */
export interface Reported {
	id: string
	authorId: string | null
	/** The text, as it was written. */
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	/** Its author took it back: whoever reports it is not shown the words again. */
	takenBack?: boolean
	/** It shows no name of who wrote it: nothing that is decided may tell whoever reported it. */
	aliased?: boolean
	/** Private content is opened only under a report, and that reading is recorded. */
	private: boolean
	/** The private room it was said in; not given elsewhere. */
	roomId?: string
	/** Organisations whose people must not get a case about it, whatever their role; none where nothing is said. */
	notOrganisations?: string[]
	/** The forum space it is in; null elsewhere. */
	spaceId: string | null
	/** Where members see it. */
	path: string
	/** Where its author changes it, while she is asked to. */
	editPath?: string
	/** What was said just before and after, oldest first. */
	around: { id: string; author: string | null; body: string; lang: string | null; dir: 'ltr' | 'rtl' }[]
}

/**
 * How moderation reaches content without knowing it: each content feature hands in one, and the routes pass them on.
 * `find` also gives what is already hidden, since evidence must not vanish with the thing.
 */
export interface Subject {
	kind: string
	find(tx: Tx, id: string): Promise<Reported | undefined>
	/** Whether this member can see it, and so report it. */
	mayReport(tx: Tx, actor: Actor, id: string): Promise<boolean>
	hide(tx: Tx, id: string, publish: Publish): Promise<void>
	/** Shows it (again), also where it was held and nobody has seen it yet. */
	restore(tx: Tx, id: string, publish: Publish): Promise<void>
	/** Folds it, or opens it again: it stays in its place, for who opens it. */
	fold?(tx: Tx, id: string, folded: boolean, publish: Publish): Promise<void>
	/** Hides it from everyone else until its author changes it. */
	askEdit?(tx: Tx, id: string): Promise<void>
	/** Lets it wait for a moderator (again): nobody else sees it until one decides. */
	hold?(tx: Tx, id: string): Promise<void>
	/** Takes the words of something hidden out of the database for good. */
	wipe?(tx: Tx, id: string): Promise<void>
}
