import { createContext, useContext } from 'react'
import { ICON_SHAPES } from './icon-shapes'
import type { IconName } from './icons'

/** The icons of a page while it is rendered; given where their shapes stand once, at its end. */
export const IconSheetContext = createContext<Set<IconName> | undefined>(undefined)

/** Where the shape of an icon stands. */
export const shapeId = (name: IconName) => `i-${name}`

/** The shapes of the icons above. A topic shows ten for each post, and they were half of its letters. */
export function IconSheet() {
	const used = useContext(IconSheetContext)
	if (!used || used.size === 0) return null
	return (
		<svg className="icon-sheet" aria-hidden="true">
			{[...used].map((name) => (
				<symbol key={name} id={shapeId(name)} viewBox="0 0 24 24">
					<path d={ICON_SHAPES[name]} />
				</symbol>
			))}
		</svg>
	)
}
