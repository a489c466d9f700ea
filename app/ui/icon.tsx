import type { ReactNode } from 'react'
import { ICON_SHAPES } from './icon-shapes'
import { type IconName, TURNING_ICONS } from './icons'

const TURNING: ReadonlySet<IconName> = new Set(TURNING_ICONS)

/**
 * A decorative icon: the word beside it carries the meaning, so screen readers skip it. It is drawn where it stands,
 * because Chromium now and then leaves out icons of a shared file that comes from its cache.
 */
export function Icon({ name, className }: { name: IconName; className?: string }) {
	const classes = ['icon', TURNING.has(name) ? 'mirror' : '', className ?? ''].filter(Boolean).join(' ')
	return (
		<svg className={classes} viewBox="0 0 24 24" aria-hidden="true">
			<path d={ICON_SHAPES[name]} />
		</svg>
	)
}

/** An icon and its words, kept together when a line breaks. */
export function IconText({ name, children }: { name: IconName; children: ReactNode }) {
	return (
		<span className="with-icon">
			<Icon name={name} />
			<span>{children}</span>
		</span>
	)
}
