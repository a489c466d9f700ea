import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Field, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, Section } from '~/ui/page'
import type { Writing } from '../../components/form-parts'
import { SHARED_TEXT } from '../../mentoring.limits'
import { LanguageField, Press, refusedOf } from './match-form'

interface StepShown {
	id: string
	/** Empty where a mentor has left and taken her words away. */
	words: string
	lang: string
	dir: 'ltr' | 'rtl'
	done: boolean
}

export interface GoalShown extends StepShown {
	steps: StepShown[]
}

interface GoalsSectionProps {
	goals: GoalShown[]
	/** Whether they can be changed now. */
	open: boolean
	writing: Writing
	result?: FormResult
}

/** What the two work towards, in small steps that either of them ticks. */
export function GoalsSection({ goals, open, writing, result }: GoalsSectionProps) {
	const { t } = useTranslation()
	const refused = refusedOf(result, 'add-goal', { goal: '' })
	if (goals.length === 0 && !open) return null
	return (
		<Section title={t('match:goals.title')} id="goals">
			<div className="stack">
				<p className="muted">{t('match:goals.lead')}</p>
				<CardList label={t('match:goals.title')}>
					{goals.map((goal) => (
						<Card as="li" key={goal.id} item="goal">
							<div className="stack">
								<Line step={goal} open={open} />
								{goal.steps.length > 0 ? (
									<ul className="stack">
										{goal.steps.map((step) => (
											<li key={step.id}>
												<Line step={step} open={open} />
											</li>
										))}
									</ul>
								) : null}
								{open ? <AddStep goal={goal} writing={writing} result={result} /> : null}
							</div>
						</Card>
					))}
				</CardList>
				{open ? (
					<Disclosure summary={t('match:goals.add')} icon="target" open={refused !== undefined}>
						<Form result={refused} action="#goals">
							<input type="hidden" name="intent" value="add-goal" />
							<input type="hidden" name="key" value={writing.key} />
							<input type="hidden" name="goal" value="" />
							<TextArea
								name="words"
								label={t('match:goals.words')}
								hint={t('match:goals.wordsHint')}
								counter={SHARED_TEXT.graphemes}
								rows={3}
							/>
							<LanguageField writing={writing} />
							<Submit icon="check">{t('match:goals.save')}</Submit>
						</Form>
					</Disclosure>
				) : null}
			</div>
		</Section>
	)
}

/** One goal or step: whether it is done, what it says, and its two buttons. */
function Line({ step, open }: { step: StepShown; open: boolean }) {
	const { t } = useTranslation()
	const { id, words, lang, dir, done } = step
	return (
		<div className="stack">
			<p className="with-icon">
				{done ? <Icon name="circle-check" /> : null}
				{done ? <span className="sr-only">{t('match:goals.done')}</span> : null}
				{words ? (
					<span className="whitespace-pre-line" lang={lang} dir={dir}>
						{words}
					</span>
				) : (
					<span className="muted">{t('mentoring:formerMember')}</span>
				)}
			</p>
			{open ? (
				<div className="row">
					<Press
						intent="tick-goal"
						at={{ goal: id, done: done ? 'no' : 'yes' }}
						icon={done ? 'undo-2' : 'check'}
					>
						{t(done ? 'match:goals.untick' : 'match:goals.tick')}
					</Press>
					<Press intent="remove-goal" at={{ goal: id }} kind="plain" icon="trash-2">
						{t('match:goals.remove')}
					</Press>
				</div>
			) : null}
		</div>
	)
}

function AddStep({ goal, writing, result }: { goal: GoalShown; writing: Writing; result?: FormResult }) {
	const { t } = useTranslation()
	const refused = refusedOf(result, 'add-goal', { goal: goal.id })
	return (
		<Disclosure summary={t('match:goals.addStep')} icon="plus" open={refused !== undefined}>
			<Form result={refused} action="#goals" id={`step-${goal.id}`}>
				<input type="hidden" name="intent" value="add-goal" />
				<input type="hidden" name="key" value={writing.key} />
				<input type="hidden" name="goal" value={goal.id} />
				{/* A step is said in the language of its goal: one question less. */}
				<input type="hidden" name="language" value={goal.lang} />
				<Field name="words" label={t('match:goals.step')} dir="auto" autoComplete="off" />
				<Submit icon="check">{t('match:goals.save')}</Submit>
			</Form>
		</Disclosure>
	)
}
