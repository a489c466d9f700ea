import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatWeekday } from '~/platform/i18n/format'
import { compareWords } from '~/platform/i18n/format-names'
import { Select } from '~/ui/form'
import { describedBy, useField, Wrong } from '~/ui/form-field'
import { boxesOfHours, boxOf, DAY_PARTS, type DayPart, WEEKDAYS } from '../free-hours'
import { ZONE_NAMES, zoneLabel } from '../zones'

interface WeekGridProps {
	legend: ReactNode
	hint?: ReactNode
	/** The hours of a week that are ticked at first, on the clock of `zone`. */
	hours?: readonly number[]
	/** The zone the hours are meant in. */
	zone: string
}

/**
 * When she is free: seven days by four parts of a day, as boxes to tick, and the zone whose clock she means. The form
 * sends `hours` (times.schema.ts) and `zone`.
 */
export function WeekGrid({ legend, hint, hours = [], zone }: WeekGridProps) {
	const { t } = useTranslation()
	const field = useField('hours')
	const kept = field.answered ? [field.value ?? []].flat() : boxesOfHours(hours)
	return (
		<>
			<fieldset
				id={field.id}
				tabIndex={-1}
				className={field.error ? 'field wrong' : 'field'}
				aria-describedby={describedBy(field.id, hint, field.error)}
			>
				<legend>
					{legend}
					<span className="muted"> {t('common:form.optional')}</span>
				</legend>
				{hint ? (
					<p className="hint" id={`${field.id}-hint`}>
						{hint}
					</p>
				) : null}
				<table className="week-grid">
					<thead>
						<tr>
							<td />
							{DAY_PARTS.map((part) => (
								<th key={part.part} scope="col">
									{t(`mentoring:week.${part.part}`)}
									<bdi className="hint">{`${part.from}–${part.to}`}</bdi>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{WEEKDAYS.map((weekday) => (
							<Day key={weekday} weekday={weekday} ticked={kept} />
						))}
					</tbody>
				</table>
				{field.error ? <Wrong id={field.id} error={field.error} /> : null}
			</fieldset>
			<ZoneSelect zone={zone} />
		</>
	)
}

function Day({ weekday, ticked }: { weekday: number; ticked: readonly string[] }) {
	const { i18n } = useTranslation()
	return (
		<tr>
			<th scope="row">
				<span aria-hidden="true">{formatWeekday(i18n.language, weekday, 'short')}</span>
				<span className="sr-only">{formatWeekday(i18n.language, weekday)}</span>
			</th>
			{DAY_PARTS.map((part) => (
				<td key={part.part}>
					<Box weekday={weekday} part={part} ticked={ticked} />
				</td>
			))}
		</tr>
	)
}

function Box({ weekday, part, ticked }: { weekday: number; part: DayPart; ticked: readonly string[] }) {
	const { t, i18n } = useTranslation()
	const box = boxOf(weekday, part)
	return (
		<label className="choice">
			<input type="checkbox" name="hours" value={box} defaultChecked={ticked.includes(box)} />
			<span className="sr-only">
				{formatWeekday(i18n.language, weekday)} · {t(`mentoring:week.${part.part}`)}
			</span>
		</label>
	)
}

/** The zone of her clock: countries by name, in the order of the page's language. */
export function ZoneSelect({ zone }: { zone: string }) {
	const { t, i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	const options = [...new Set([zone, ...ZONE_NAMES])]
		.map((value) => ({ value, label: zoneLabel(i18n.language, value) }))
		.sort((a, b) => compare(a.label, b.label))
	return (
		<Select
			name="zone"
			label={t('mentoring:week.zone')}
			hint={t('mentoring:week.zoneHint')}
			options={options}
			defaultValue={zone}
		/>
	)
}
