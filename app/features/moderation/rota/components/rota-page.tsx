import { useTranslation } from 'react-i18next'
import { formatList, formatWeekday, formatWeekdayTime } from '~/platform/i18n/format'
import { endonym } from '~/platform/i18n/languages'
import { zoneLabel } from '~/platform/i18n/zones'
import { Button } from '~/ui/button'
import { Form } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { PageHead, Section } from '~/ui/page'
import { Bdi, LanguageTag } from '~/ui/text'
import type { Rota } from '../rota.server'
import { DAY_MINUTES, type Gap, momentsThisWeek, timeOf } from '../week'
import { AddShift } from './add-shift'

/** Monday to Sunday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

interface RotaPageProps {
	rota: Rota
	back: { to: string; label: string }
	result?: FormResult
}

/** The moderators' week: who is there when, in which languages, and when nobody is. */
export function RotaPage({ rota, back, result }: RotaPageProps) {
	const { t, i18n } = useTranslation()
	const own = result?.values?.intent === 'add' ? result : undefined
	return (
		<>
			<PageHead title={t('rota:title')} lead={t('rota:lead')} back={back} />
			<p className="muted">{t('rota:clock', { zone: zoneLabel(i18n.language, rota.zone) })}</p>
			<Section title={t('rota:week')}>
				<ol className="rota">
					{WEEKDAYS.map((weekday) => (
						<Day key={weekday} weekday={weekday} rota={rota} />
					))}
				</ol>
			</Section>
			<Section title={t('rota:gaps')}>
				{rota.gaps.length === 0 ? (
					<p className="muted">{t('rota:noLanguages')}</p>
				) : (
					<ul className="stack">
						{rota.gaps.map((gaps) => (
							<LanguageGaps key={gaps.language} gaps={gaps} />
						))}
					</ul>
				)}
			</Section>
			{rota.choices.length > 0 ? (
				<Section title={t('rota:addTitle')}>
					<AddShift rota={rota} result={own} />
				</Section>
			) : null}
		</>
	)
}

function Day({ weekday, rota }: { weekday: number; rota: Rota }) {
	const { t, i18n } = useTranslation()
	const shifts = rota.shifts.filter((shift) => shift.weekday === weekday)
	return (
		<li className="card">
			<h3>{formatWeekday(i18n.language, weekday - 1)}</h3>
			{shifts.length === 0 ? (
				<p className="muted">{t('rota:nobody')}</p>
			) : (
				<ul className="stack">
					{shifts.map((shift) => (
						<Shift key={shift.id} shift={shift} rota={rota} />
					))}
				</ul>
			)}
		</li>
	)
}

function Shift({ shift, rota }: { shift: Rota['shifts'][number]; rota: Rota }) {
	const { t } = useTranslation()
	return (
		<li data-item="shift">
			<p>
				<strong>
					<bdi dir="ltr">{`${timeOf(shift.fromMinute)}–${timeOf(shift.toMinute)}`}</bdi>
				</strong>{' '}
				{shift.own ? t('rota:you') : <Bdi>{shift.handle}</Bdi>}
			</p>
			<HerClock shift={shift} rota={rota} />
			<p className="meta">
				{shift.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
			</p>
			{shift.removable ? (
				<Form>
					<input type="hidden" name="shift" value={shift.id} />
					<Button kind="plain" name="intent" value="remove">
						{t('rota:remove')}
					</Button>
				</Form>
			) : null}
		</li>
	)
}

/** The same times where she is, when her clock is another one this week. */
function HerClock({ shift, rota }: { shift: Rota['shifts'][number]; rota: Rota }) {
	const { t, i18n } = useTranslation()
	if (rota.hers === rota.zone) return null
	const { from, to } = momentsThisWeek(shift, rota.zone, new Date(rota.now))
	const times = [from, to].map((at) => formatWeekdayTime(i18n.language, at, rota.hers))
	const there = [from, to].map((at) => formatWeekdayTime(i18n.language, at, rota.zone))
	if (times.join() === there.join()) return null
	return <p className="hint">{t('rota:yourClock', { from: times[0], to: times[1] })}</p>
}

function LanguageGaps({ gaps: { language, nobody, times } }: { gaps: Rota['gaps'][number] }) {
	const { t } = useTranslation()
	return (
		<li data-item="gaps">
			<strong>
				<bdi lang={language}>{endonym(language)}</bdi>
			</strong>
			{nobody ? <p>{t('rota:gapAlways')}</p> : null}
			{!nobody && times.length === 0 ? <p className="muted">{t('rota:gapNone')}</p> : null}
			{times.map((gap) => (
				<p key={`${gap.weekdays} ${gap.fromMinute}`}>
					<GapTimes gap={gap} />
				</p>
			))}
		</li>
	)
}

/** "Nobody on Monday and Tuesday, 22:00 to 08:00"; one of a day or longer names the day it ends on. */
function GapTimes({ gap: { weekdays, fromMinute, minutes } }: { gap: Gap }) {
	const { t, i18n } = useTranslation()
	const [from, to] = [timeOf(fromMinute), timeOf(fromMinute + minutes)]
	const day = (weekday: number) => formatWeekday(i18n.language, (weekday - 1) % 7)
	if (minutes >= DAY_MINUTES) {
		const [first] = weekdays as [number]
		const last = first + Math.floor((fromMinute + minutes) / DAY_MINUTES)
		return t('rota:gapLong', { first: day(first), from, last: day(last), to })
	}
	if (weekdays.length === WEEKDAYS.length) return t('rota:gapDaily', { from, to })
	return t('rota:gapDays', { days: formatList(i18n.language, weekdays.map(day)), from, to })
}
