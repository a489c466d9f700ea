import { type DomainEvents, subscribe } from '~/platform/bus.server'

/**
 * Listens to what commands announce from now on; the returned function waits for what is under way and gives what was
 * heard. Listeners stay until the process ends: each call of it listens for itself.
 */
export function heardOf<Name extends keyof DomainEvents>(name: Name): () => Promise<DomainEvents[Name][]> {
	const heard: DomainEvents[Name][] = []
	subscribe(name, (event) => void heard.push(event))
	return async () => {
		await new Promise((resolve) => setImmediate(resolve))
		return heard
	}
}
