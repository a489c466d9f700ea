import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Choice, ChoiceGroup, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { IconText } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { CaseShown } from '../cases.server'
import { MeasureChoices } from '../measures/components/measure-choices'
import { WORDS } from '../moderation.words'
import { decisionOf, RULE } from './labels'
import { ACT, outcomesOf } from './outcomes'
import { RuleChoice } from './rule-choice'

interface DecideFormProps {
	shown: CaseShown
	/** What this page shows of the words (deciding/seen). */
	mark: string
	result?: FormResult
}

/** The decision as large choices, each saying what the person will read. */
export function DecideForm({ shown, mark, result }: DecideFormProps) {
	const { t } = useTranslation()
	return (
		<Form result={result} keeps>
			<input type="hidden" name="intent" value="decide" />
			<input type="hidden" name="shown" value={mark} />
			<ChoiceGroup
				name="decision"
				legend={t('moderation:decide.legend')}
				hint={shown.appeal ? undefined : t('decisions:act.tail')}
			>
				{shown.appeal ? <AppealChoices shown={shown} /> : <ReportChoices shown={shown} />}
			</ChoiceGroup>
			{shown.appeal || isOnlyClosed(shown) ? null : (
				<>
					<RuleChoice legend={t('moderation:decide.ruleLegend')} />
					<Herself shown={shown} result={result} />
				</>
			)}
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

/** There is nothing to choose but to leave it. */
const isOnlyClosed = ({ offered }: CaseShown) => offered.every((act) => act === 'dismiss')

type DecisionChoiceProps = { value: string; icon: IconName; label: string; hint: string }

const DecisionChoice = ({ value, icon, label, hint }: DecisionChoiceProps) => (
	<Choice type="radio" name="decision" value={value} icon={icon} label={label} hint={hint} />
)

function ReportChoices({ shown: { kind, offered } }: { shown: CaseShown }) {
	const { t } = useTranslation()
	return offered.map((act) => {
		const { choice, hint, told } = act === 'hide' ? outcomesOf(kind).restricted : ACT[act]
		return (
			<DecisionChoice
				key={act}
				value={act}
				icon={ACT[act].icon}
				label={t(choice)}
				hint={t(hint, { text: t(told) })}
			/>
		)
	})
}

const OF_HERSELF = ['measure', 'days', 'everywhere', 'apart']

/** What shall hold for her besides; open where an answer is about it. */
function Herself({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	const { t } = useTranslation()
	if (!shown.offered.includes('warn')) return null
	const isAnswered = OF_HERSELF.some((name) => name in (result?.fields ?? {}))
	return (
		<Disclosure summary={t('decisions:herself')} icon="user-round" open={isAnswered}>
			<MeasureChoices inSpace={shown.inSpace} reported={shown.reasons.length > 0} aliased={shown.aliased} />
		</Disclosure>
	)
}

function AppealChoices({ shown: { kind, statement } }: { shown: CaseShown }) {
	const { t } = useTranslation()
	const { restored, upheld } = outcomesOf(kind, statement?.action)
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
export function Decided({ shown, result }: { shown: CaseShown; result?: FormResult }) {
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
				{statement ? <Told statement={statement} kind={shown.kind} appeal={shown.appeal} /> : null}
				<TakingBack shown={shown} result={result} />
			</div>
		</Card>
	)
}

interface ToldProps {
	statement: NonNullable<CaseShown['statement']>
	kind: string
	appeal: boolean
}

function Told({ statement, kind, appeal }: ToldProps) {
	const { t } = useTranslation()
	const first = decisionOf(statement.action, kind)
	return (
		<>
			{appeal ? (
				<p>
					<IconText name={first.icon}>{t(first.label)}</IconText>
				</p>
			) : null}
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

function TakingBack({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	if (shown.undoMinutes > 0) return <UndoForm minutes={shown.undoMinutes} />
	return shown.mayReopen ? <ReopenForm result={result} /> : null
}

/** Later, or what another decided: with a reason, which stays. */
function ReopenForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Disclosure summary={t('moderation:case.undo')} icon="undo-2" open={result !== undefined}>
			<Form result={result}>
				<input type="hidden" name="intent" value="undo" />
				<TextArea
					name="why"
					label={t('decisions:reopen.why')}
					hint={t('decisions:reopen.hint')}
					counter={WORDS.graphemes}
					rows={3}
				/>
				<Submit kind="quiet" icon="undo-2">
					{t('moderation:case.undo')}
				</Submit>
			</Form>
		</Disclosure>
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
