import { aside } from './aside.server'
import { once } from './once.server'

/** What commands announce once their transaction is committed. Features add theirs by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the features
export interface DomainEvents {}

export type DomainEvent = {
	[Name in keyof DomainEvents]: { name: Name } & DomainEvents[Name]
}[keyof DomainEvents]
type Listener = (event: DomainEvent) => void | Promise<void>

const listeners = once('bus', () => new Map<string, Listener[]>())

/** Calls `listener` for each event of the name, in this process. */
export function subscribe<Name extends keyof DomainEvents>(
	name: Name,
	listener: (event: DomainEvents[Name]) => void | Promise<void>,
) {
	const list = listeners.get(name as string) ?? []
	listeners.set(name as string, [...list, listener as unknown as Listener])
}

/** Tells the listeners, after commit. A listener that fails is logged: the change stands. */
export function deliver(events: DomainEvent[]) {
	for (const event of events) {
		for (const listener of listeners.get((event as { name: string }).name) ?? []) {
			aside('bus', () => listener(event))
		}
	}
}
