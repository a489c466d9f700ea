import { randomUUID } from 'node:crypto'
import { openCircle } from '~/features/chat/circles/circles.server'
import { acceptCircle, invite } from '~/features/chat/circles/invitations.server'
import type { Actor } from '~/platform/actor'

/** A circle of hers, with those who have said yes to it; returns its room. */
export async function aCircle(host: Actor, people: Actor[] = [], name = 'Sunday tea') {
	const { id: room } = await openCircle(host, { key: randomUUID(), name, language: 'en' })
	for (const one of people) {
		await invite(host, { room, handle: one.handle })
		await acceptCircle(one, { room })
	}
	return room
}
