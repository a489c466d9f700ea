import type { Person } from './people'
import type { RoomKind } from './rooms'
import type { Setup } from './town'

/** How a woman is taken out, and what she must not get any more. */
export interface Parting {
	name: string
	room: RoomKind
	/** What serves when it is tried in the long form, and in the short one. */
	long: readonly Setup[]
	short: readonly Setup[]
	/** What it ends for her: her connection, the room, or only one woman's words in it. */
	ends: 'connection' | 'room' | 'words'
	/** What is posted, and whose browser does it. */
	form(names: { room: string; gone: Person; talker: Person; coordinator: Person }): {
		path: string
		fields: Record<string, string>
		by: Person
	}
}

export const PARTINGS: readonly Parting[] = [
	{
		name: 'left a private room',
		room: 'private',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'room',
		form: ({ room, gone }) => ({ path: `/chat/${room}`, fields: { intent: 'leave', room }, by: gone }),
	},
	{
		name: 'signed out',
		room: 'open',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'connection',
		form: ({ gone }) => ({ path: '/sign-out', fields: {}, by: gone }),
	},
	{
		name: 'blocked by the one who talks',
		room: 'open',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'words',
		form: ({ gone, talker }) => ({
			path: '/me/blocked',
			fields: { intent: 'blockName', handle: gone.handle },
			by: talker,
		}),
	},
	{
		name: 'blocked in a private room',
		room: 'private',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'room',
		form: ({ gone, talker }) => ({
			path: '/me/blocked',
			fields: { intent: 'blockName', handle: talker.handle },
			by: gone,
		}),
	},
	{
		name: 'removed by the host of a session',
		room: 'session',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'room',
		form: ({ room, gone, talker }) => ({
			path: `/chat/${room}`,
			fields: { intent: 'remove-member', room, member: gone.id },
			by: talker,
		}),
	},
	{
		name: 'taken out of a circle',
		room: 'circle',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'room',
		form: ({ room, gone, talker }) => ({
			path: `/chat/${room}/people`,
			fields: { intent: 'take-out', member: gone.id },
			by: talker,
		}),
	},
	{
		name: 'suspended by a coordinator',
		room: 'open',
		long: ['1 server', '2 servers', '2 workers'],
		short: ['2 servers'],
		ends: 'connection',
		form: ({ gone, coordinator }) => ({
			path: '/coordination/people',
			fields: { intent: 'suspend', member: gone.id, rule: 'threat' },
			by: coordinator,
		}),
	},
]
