import { type Actor, holds } from '~/platform/actor'
import type { NavEntry } from '~/ui/frame'

/** The main navigation: five entries for every member, more for those whose work it is; none before signing in. */
export function navigation(actor: Actor | null, path: string): NavEntry[] {
	if (!actor) return []
	const entries: Omit<NavEntry, 'current'>[] = [
		{ to: '/', key: 'home', icon: 'house' },
		{ to: '/forum', key: 'forum', icon: 'messages-square' },
		{ to: '/chat', key: 'chat', icon: 'message-circle' },
		{ to: '/mentoring', key: 'mentoring', icon: 'heart-handshake' },
		{ to: '/me', key: 'me', icon: 'user-round' },
	]
	if (holds(actor, 'moderator')) entries.push({ to: '/moderation', key: 'moderation', icon: 'shield' })
	if (holds(actor, 'coordinator')) {
		entries.push({ to: '/coordination', key: 'coordination', icon: 'settings' })
	} else if (holds(actor, 'practitioner') || holds(actor, 'lead')) {
		// Of the coordination she has only this: inviting for her own organisation, what was passed on to it, and its figures.
		entries.push({ to: '/coordination/invitations', key: 'coordination', icon: 'settings' })
	}
	// A woman who waits or is paused has only what stays open to her.
	const open =
		actor.status === 'active' ? entries : entries.filter(({ key }) => key === 'home' || key === 'me')
	return open.map((entry) => ({
		...entry,
		current: entry.to === '/' ? path === '/' : path === entry.to || path.startsWith(`${entry.to}/`),
	}))
}
