import { Icon } from '~/ui/icon'
import { Recorded } from '~/ui/recorded'
import type { SafetyFact } from '../facts'

/** Facts one below the other: a picture, what it is in bold, what it means. */
export function FactList({ facts }: { facts: readonly SafetyFact[] }) {
	return (
		<ul className="told">
			{facts.map(({ icon, title, text }) => (
				<li key={title}>
					<Icon name={icon} />
					<div>
						<p className="told-title">
							<Recorded text={title} />
						</p>
						<p>
							<Recorded text={text} />
						</p>
					</div>
				</li>
			))}
		</ul>
	)
}
