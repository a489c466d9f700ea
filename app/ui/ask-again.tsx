import type { ReactNode } from 'react'
import { Icon } from './icon'

interface AskAgainProps {
	/** What was found, a sentence for each. */
	found: readonly string[]
	why: string
	/** What she can do then: send it as it is, or change it. */
	children: ReactNode
}

/** Asks once more before something goes out. Stands in the form it asks about. */
export function AskAgain({ found, why, children }: AskAgainProps) {
	return (
		<div className="notice care" role="alert">
			<Icon name="triangle-alert" />
			<div>
				{found.map((one) => (
					<p key={one} className="notice-title">
						{one}
					</p>
				))}
				<p>{why}</p>
				<div className="row">{children}</div>
			</div>
		</div>
	)
}
