import { type ReactNode, useContext } from 'react'
import { ICON_SHAPES } from './icon-shapes'
import { IconSheetContext, shapeId } from './icon-sheet'
import { type IconName, TURNING_ICONS } from './icons'

const TURNING: ReadonlySet<IconName> = new Set(TURNING_ICONS)

/**
 * A decorative icon: the word beside it carries the meaning, so screen readers skip it. Its shape stands in the page
 * itself, once for all of that name, because Chromium now and then leaves out icons of a shared file that comes from its
 * cache; in a part that lives on in the browser it is drawn where it stands.
 */
export function Icon({ name, className }: { name: IconName; className?: string }) {
	const sheet = useContext(IconSheetContext)
	const turning = TURNING.has(name) ? 'icon mirror' : 'icon'
	const classes = className ? `${turning} ${className}` : turning
	if (sheet) {
		sheet.add(name)
		return (
			<svg className={classes} aria-hidden="true">
				<use href={`#${shapeId(name)}`} />
			</svg>
		)
	}
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
