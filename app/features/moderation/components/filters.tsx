import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import type { IconName } from '~/ui/icons'
import { Pill, Pills } from '~/ui/page'

const ONLY: { value: string; label: string; icon?: IconName }[] = [
	{ value: 'all', label: 'queue:only.all' },
	{ value: 'mine', label: 'queue:only.mine', icon: 'hand' },
	{ value: 'unclaimed', label: 'queue:only.unclaimed' },
	{ value: 'danger', label: 'queue:only.danger', icon: 'triangle-alert' },
]

/** The address of what waits, narrowed to what is asked for. */
export const waitingPath = (only: string) => (only === 'all' ? '/moderation' : `/moderation?only=${only}`)

/** Narrows what waits: by who holds it, to danger, or to one language of those that are there. */
export function Filters({ only, languages }: { only: string; languages: string[] }) {
	const { t } = useTranslation()
	return (
		<Pills label={t('queue:only.label')} row>
			{ONLY.map(({ value, label, icon }) => (
				<Pill key={value} to={waitingPath(value)} current={only === value} icon={icon}>
					{t(label)}
				</Pill>
			))}
			{languages.map((tag) => (
				<Pill key={tag} to={waitingPath(tag)} current={only === tag}>
					<bdi lang={tag}>{endonym(tag)}</bdi>
				</Pill>
			))}
		</Pills>
	)
}
