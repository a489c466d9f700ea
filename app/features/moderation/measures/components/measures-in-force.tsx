import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Form, Submit } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Section } from '~/ui/page'
import { Time } from '~/ui/text'
import type { MeasureInForce } from '../reading.server'
import { MEASURE_ICON } from './measure-lines'

/** What holds for the woman of a case now, from this decision and others; nothing where nothing does. */
export function MeasuresInForce({ measures }: { measures: readonly MeasureInForce[] }) {
	const { t } = useTranslation()
	if (measures.length === 0) return null
	return (
		<Section title={t('measures:force.title')} id="measures">
			<CardList label={t('measures:force.title')}>
				{measures.map((one) => (
					<InForce key={one.id} measure={one} />
				))}
			</CardList>
		</Section>
	)
}

const nameOf = ({ kind, everywhere }: MeasureInForce) =>
	kind === 'muted' && !everywhere ? 'mutedHere' : kind

function InForce({ measure }: { measure: MeasureInForce }) {
	const { t } = useTranslation()
	const { id, kind, since, until, mayEnd } = measure
	return (
		<Card as="li" tone="quiet">
			<div className="stack">
				<p className="row between">
					<IconText name={MEASURE_ICON[kind]}>{t(`measures:force.${nameOf(measure)}`)}</IconText>
					<span className="meta">
						<Time at={since} />
					</span>
				</p>
				{until ? (
					<p className="muted">
						{t('measures:told.until')} <Time at={until} />
					</p>
				) : null}
				{kind === 'apart' ? <Attempts measure={measure} /> : null}
				{mayEnd ? (
					<Form id={`end-${id}`}>
						<input type="hidden" name="intent" value="end-measure" />
						<input type="hidden" name="restriction" value={id} />
						<Submit kind="quiet" icon="undo-2">
							{t('measures:force.end')}
						</Submit>
					</Form>
				) : null}
			</div>
		</Card>
	)
}

/** Whether she tried to reach her all the same. Whom is not said here either. */
function Attempts({ measure: { attempts, lastAttemptAt } }: { measure: MeasureInForce }) {
	const { t } = useTranslation()
	return (
		<p className="muted row between">
			{t('measures:force.attempts', { n: attempts })}
			{lastAttemptAt ? <Time at={lastAttemptAt} /> : null}
		</p>
	)
}
