import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatList } from '~/platform/i18n/format'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { checkedAt, type Helpline, isStale, type Way } from '../helpline'
import { otherName, spokenBy } from '../helplines'

/** The button that calls. It stands only below the sentence that a call is kept in the phone's list. */
export function CallButton({ number, dial }: { number: string; dial: string }) {
	const { t } = useTranslation()
	return (
		<ButtonLink to={`tel:${dial}`} icon="phone" wide>
			{t('safety:help.call', { number: isolated(number) })}
		</ButtonLink>
	)
}

interface HelplineCardProps {
	line: Helpline
	/** Tags of the languages she reads or speaks. */
	hers: readonly string[]
	now: Date
}

/** One line: its number, when and in which languages they answer, and since when we know. */
export function HelplineCard({ line, hers, now }: HelplineCardProps) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="helpline">
			<div className="line-head">
				<p className="line-number">
					<bdi dir="ltr">{line.number}</bdi>
				</p>
				<p className="row muted">
					{line.name === line.number ? null : <bdi translate="no">{line.name}</bdi>}
					{line.region ? <span>{t(`safety:region.${line.region}`)}</span> : null}
				</p>
			</div>
			<ul className="points">
				<Point icon="clock">{t(line.hours ? 'safety:line.always' : 'safety:line.hoursUnknown')}</Point>
				<Point icon="circle-check">
					{t(line.cost ? `safety:cost.${line.cost}` : 'safety:line.costUnknown')}
				</Point>
				<Languages line={line} hers={hers} />
				{(line.ways ?? []).map((way) => (
					<Point key={way.by} icon="message-circle">
						<WayWords way={way} />
					</Point>
				))}
				{(line.notes ?? []).map((note) => (
					<Point key={note} icon="info">
						{t(`safety:note.${note}`)}
					</Point>
				))}
			</ul>
			<CallButton number={line.number} dial={line.dial} />
			<Checked line={line} now={now} />
		</Card>
	)
}

function Point({ icon, children }: { icon: IconName; children: ReactNode }) {
	return (
		<li>
			<Icon name={icon} />
			<span>{children}</span>
		</li>
	)
}

function WayWords({ way: { by, at } }: { way: Way }) {
	const { t } = useTranslation()
	return t(at ? `safety:wayAt.${by}` : `safety:way.${by}`, { at: at && isolated(at) })
}

function Languages({ line, hers }: { line: Helpline; hers: readonly string[] }) {
	const { t } = useTranslation()
	const spoken = spokenBy(line, hers)
	const known = line.languages || line.languageCount || line.interpreter
	return (
		<>
			{spoken.hers.length > 0 ? (
				<Point icon="languages">
					<strong>{t('safety:line.yours')}</strong> <Names tags={spoken.hers} />
				</Point>
			) : null}
			{spoken.others.length > 0 ? (
				<Point icon="languages">
					{t(spoken.hers.length > 0 ? 'safety:line.also' : 'safety:line.speak')}{' '}
					<Names tags={spoken.others} />
				</Point>
			) : null}
			{line.languageCount ? (
				<Point icon="languages">{t('safety:line.count', { count: line.languageCount })}</Point>
			) : null}
			{line.interpreter ? <Point icon="languages">{t('safety:line.interpreter')}</Point> : null}
			{known ? null : <Point icon="languages">{t('safety:line.languagesUnknown')}</Point>}
		</>
	)
}

/** Languages by their own names, each said by the right voice. */
function Names({ tags }: { tags: readonly string[] }) {
	return (
		<span className="names">
			{tags.map((tag) => (
				<bdi key={tag} lang={tag} className="tag">
					{otherName(tag) ?? endonym(tag)}
				</bdi>
			))}
		</span>
	)
}

/** Since when we know, and from whom; old knowledge says that it is old. */
export function Checked({ line, now }: { line: Pick<Helpline, 'sources' | 'checkedOn'>; now: Date }) {
	const { t, i18n } = useTranslation()
	const names = [...new Set(line.sources.map(({ name }) => isolated(name)))]
	return (
		<>
			{isStale(line, now) ? (
				<p className="error">
					<Icon name="triangle-alert" />
					<span>{t('safety:help.stale')}</span>
				</p>
			) : null}
			<p className="muted small">
				{t('safety:help.checked', {
					date: formatDate(i18n.language, checkedAt(line)),
					sources: formatList(i18n.language, names),
				})}
			</p>
		</>
	)
}
