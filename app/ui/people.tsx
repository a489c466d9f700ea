import { useTranslation } from 'react-i18next'
import { avatarArt } from './avatar-art'
import { Icon } from './icon'
import type { IconName } from './icons'

/** A drawn picture that comes from `seed` alone: same seed, same picture, and nothing about the person. */
export function Avatar({ seed, size }: { seed: string; size?: 'small' | 'large' }) {
	const { tint, path, dots } = avatarArt(seed)
	return (
		<svg className={`av av${tint}${size ? ` ${size}` : ''}`} viewBox="-90 -90 180 180" aria-hidden="true">
			<path d={path} />
			<circle r={dots.radius} strokeDasharray={dots.dash} />
		</svg>
	)
}

const ROLE_ICON: Record<string, IconName> = {
	member: 'user-round',
	mentor: 'sprout',
	moderator: 'shield',
	practitioner: 'building-2',
	lead: 'building-2',
	coordinator: 'compass',
}

/** What someone does here, as icon and word. */
export function RoleBadge({ role }: { role: string }) {
	const { t } = useTranslation()
	return (
		<span className="badge">
			<Icon name={ROLE_ICON[role] ?? 'user-round'} />
			<span>{t(`common:role.${role}`)}</span>
		</span>
	)
}

/** Who wrote this: picture, handle, and the role where it matters. */
export function Person({ handle, seed, badge }: { handle: string; seed: string; badge?: string }) {
	return (
		<span className="person">
			<Avatar seed={seed} />
			<bdi className="handle" translate="no">
				{handle}
			</bdi>
			{badge ? <RoleBadge role={badge} /> : null}
		</span>
	)
}
