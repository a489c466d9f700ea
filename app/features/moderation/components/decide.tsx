import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Choice, ChoiceGroup, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Bdi, Time } from '~/ui/text'
import type { CaseShown } from '../cases.server'
import { WORDS } from '../moderation.words'
import { decisionOf, outcomesOf, RULE } from './labels'
import { RuleChoice } from './rule-choice'

/** The decision as large choices, each saying what the person will read. */
export function DecideForm({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Form result={result}>
			<input type="hidden" name="intent" value="decide" />
			<ChoiceGroup name="decision" legend={t('moderation:decide.legend')}>
				{shown.appeal ? (
					<AppealChoices kind={shown.kind} />
				) : (
					<ReportChoices kind={shown.kind} gone={shown.gone} />
				)}
			</ChoiceGroup>
			{shown.appeal || shown.gone ? null : <RuleChoice legend={t('moderation:decide.ruleLegend')} />}
			<TextArea
				name="words"
				label={t('moderation:decide.wordsLabel')}
				hint={shown.appeal ? t('moderation:decide.reviewHint') : t('moderation:decide.wordsHint')}
				counter={WORDS.graphemes}
				rows={3}
				optional
			/>
			<Submit icon="check">{t('moderation:decide.save')}</Submit>
		</Form>
	)
}

type DecisionChoiceProps = { value: string; icon: IconName; label: string; hint: string }

const DecisionChoice = ({ value, icon, label, hint }: DecisionChoiceProps) => (
	<Choice type="radio" name="decision" value={value} icon={icon} label={label} hint={hint} />
)

function ReportChoices({ kind, gone }: { kind: string; gone: boolean }) {
	const { t } = useTranslation()
	const { restricted } = outcomesOf(kind)
	return (
		<>
			{gone ? null : (
				<DecisionChoice
					value="hide"
					icon="eye-off"
					label={t(restricted.choice)}
					hint={t(restricted.hint, { text: t(restricted.told) })}
				/>
			)}
			<DecisionChoice
				value="dismiss"
				icon="check"
				label={t('moderation:decide.dismiss')}
				hint={t('moderation:decide.dismissHint', { text: t('moderation:mine.left') })}
			/>
		</>
	)
}

function AppealChoices({ kind }: { kind: string }) {
	const { t } = useTranslation()
	const { restored, upheld } = outcomesOf(kind)
	return (
		<>
			<DecisionChoice
				value="restore"
				icon="eye"
				label={t(restored.choice)}
				hint={t(restored.hint, { text: t(restored.told) })}
			/>
			<DecisionChoice
				value="uphold"
				icon="eye-off"
				label={t(upheld.choice)}
				hint={t(upheld.hint, { text: t(upheld.told) })}
			/>
		</>
	)
}

/** What was decided, by whom, and what she was told; for an appeal, the decision it is about. */
export function Decided({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	const { statement, decision } = shown
	return (
		<Card tone="quiet">
			<div className="stack">
				{decision ? (
					<p className="row">
						<IconText name={decisionOf(decision, shown.kind).icon}>
							{t(decisionOf(decision, shown.kind).label)}
						</IconText>
						<Bdi>{shown.decidedBy ?? t('moderation:formerMember')}</Bdi>
						{shown.decidedAt ? <Time at={shown.decidedAt} /> : null}
					</p>
				) : null}
				{statement ? <Told statement={statement} /> : null}
				{shown.undoMinutes > 0 ? <UndoForm minutes={shown.undoMinutes} /> : null}
			</div>
		</Card>
	)
}

function Told({ statement }: { statement: NonNullable<CaseShown['statement']> }) {
	const { t } = useTranslation()
	return (
		<>
			<p>
				<span className="muted">{t('moderation:case.toldRule')}</span> {t(RULE[statement.rule].label)}
			</p>
			<Words label={t('moderation:case.toldWords')} words={statement.words} />
			<Words label={t('moderation:case.toldReview')} words={statement.reviewWords} />
		</>
	)
}

function Words({ label, words }: { label: string; words: string | null }) {
	if (!words) return null
	return (
		<div>
			<p className="muted">{label}</p>
			<p className="bubble-text" dir="auto">
				{words}
			</p>
		</div>
	)
}

function UndoForm({ minutes }: { minutes: number }) {
	const { t } = useTranslation()
	return (
		<Form>
			<input type="hidden" name="intent" value="undo" />
			<p className="hint">{t('moderation:case.undoHint', { count: minutes })}</p>
			<Submit kind="quiet" icon="undo-2">
				{t('moderation:case.undo')}
			</Submit>
		</Form>
	)
}
