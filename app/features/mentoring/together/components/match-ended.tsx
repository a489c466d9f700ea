import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Form } from '~/ui/form'
import { Notice, Section } from '~/ui/page'
import type { Side } from '../../mentoring.policy'
import { Press } from './match-form'

type Mood = 'good' | 'middling' | 'bad'

const MOODS = [
	{ mood: 'good', icon: 'smile' },
	{ mood: 'middling', icon: 'meh' },
	{ mood: 'bad', icon: 'frown' },
] as const

/** After it is over: the way to another mentor, and three faces, if she likes. */
export function MatchEnded({ side, mood }: { side: Side; mood: Mood | null }) {
	const { t } = useTranslation()
	return (
		<>
			{side === 'mentee' ? (
				<Section title={t('match:again.title')}>
					<div className="stack">
						<p>{t('match:again.text')}</p>
						<LookAgain />
					</div>
				</Section>
			) : null}
			<Section title={t('match:feedback.title')} id="feedback">
				<div className="stack">
					<p className="muted">{t('match:feedback.lead')}</p>
					{mood ? <Notice kind="good" title={t('match:feedback.thanks')} /> : null}
					<Form action="#feedback">
						<input type="hidden" name="intent" value="feedback" />
						<div className="row">
							{MOODS.map((one) => (
								<Button
									key={one.mood}
									kind="quiet"
									icon={mood === one.mood ? 'check' : one.icon}
									name="mood"
									value={one.mood}
									aria-pressed={mood === one.mood}
								>
									{t(`match:mood.${one.mood}`)}
								</Button>
							))}
						</div>
					</Form>
				</div>
			</Section>
		</>
	)
}

/** She waits for a mentor again, and goes to the list. */
export function LookAgain() {
	const { t } = useTranslation()
	return (
		<Press intent="look-again" kind="primary" icon="search">
			{t('match:again.ask')}
		</Press>
	)
}
