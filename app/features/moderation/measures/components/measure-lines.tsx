import { useTranslation } from 'react-i18next'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Time } from '~/ui/text'
import type { MeasureTold } from '../reading.server'

export const MEASURE_ICON = {
	slowed: 'clock',
	muted: 'book-open',
	suspended: 'pause',
	closed: 'lock',
	apart: 'user-round-x',
} as const satisfies Record<MeasureTold['kind'], IconName>

/** What holds for her after a decision, as she reads it below the decision. */
export function MeasureLines({ measures }: { measures: readonly MeasureTold[] }) {
	if (measures.length === 0) return null
	return (
		<ul className="stack">
			{measures.map((one) => (
				<MeasureLine key={`${one.kind}${one.until}`} measure={one} />
			))}
		</ul>
	)
}

const sentenceOf = ({ kind, everywhere }: MeasureTold) =>
	kind === 'muted' ? (everywhere ? 'mutedEverywhere' : 'mutedHere') : kind

function MeasureLine({ measure }: { measure: MeasureTold }) {
	const { t } = useTranslation()
	return (
		<li>
			<IconText name={MEASURE_ICON[measure.kind]}>{t(`measures:told.${sentenceOf(measure)}`)}</IconText>{' '}
			<Until measure={measure} />
		</li>
	)
}

function Until({ measure: { holds, until } }: { measure: MeasureTold }) {
	const { t } = useTranslation()
	if (!holds) return <span className="muted">{t('measures:told.over')}</span>
	if (until === null) return null
	return (
		<span className="muted">
			{t('measures:told.until')} <Time at={until} />
		</span>
	)
}
