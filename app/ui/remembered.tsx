import { type ComponentType, createContext, createElement, useContext } from 'react'

/** Makes a piece of a page, or takes the one that was made of the same. */
export type Remember = <P extends object>(name: string, Piece: ComponentType<P>, props: P) => string

/** Given by the server where pieces may be kept: on a page in the one language that it is written in. */
export const RememberContext = createContext<Remember | undefined>(undefined)

/** A moment as it stands in a kept piece, to be filled in when that is shown. */
export const MomentContext = createContext<((as: 'seconds' | 'words', at: Date) => string) | undefined>(
	undefined,
)

interface RememberedProps<P extends object> {
	/** Its name among the pieces. */
	name: string
	of: ComponentType<P>
	props: P
}

/**
 * A piece of a page that is rendered once for all who see the same in it, and kept for a while (docs/decisions/034). It may
 * hang on nothing but its props, which are data alone, the language, and how long ago a `Time` in it is: no other context,
 * no form whose words are kept. So nothing has to be forgotten when something changes: other props are another piece.
 */
export function Remembered<P extends object>({ name, of, props }: RememberedProps<P>) {
	const remember = useContext(RememberContext)
	return remember ? remember(name, of, props) : createElement(of, props)
}
