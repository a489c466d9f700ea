import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import type { SafetyFact } from '../facts'

/** Facts one below the other: a picture, what it is in bold, what it means. */
export function FactList({ facts }: { facts: readonly SafetyFact[] }) {
	const { t } = useTranslation()
	return (
		<ul className="told">
			{facts.map(({ icon, title, text }) => (
				<li key={title}>
					<Icon name={icon} />
					<div>
						<p className="told-title">{t(title)}</p>
						<p>{t(text)}</p>
					</div>
				</li>
			))}
		</ul>
	)
}
