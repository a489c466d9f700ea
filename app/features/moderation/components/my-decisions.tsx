import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Disclosure, Notice, PageHead, Pager, Section } from '~/ui/page'
import { Time } from '~/ui/text'
import { MeasureLines } from '../measures/components/measure-lines'
import type { MeasureTold } from '../measures/reading.server'
import { type Decision, type Rule, WORDS } from '../moderation.words'
import { kindOf, RULE } from './labels'
import { type MyReport, MyReports } from './my-reports'
import { outcomesOf } from './outcomes'

export interface MyStatement {
	id: string
	kind: string
	/** What became of her words. */
	action: Decision
	/** A watch rule did it by itself. */
	automated: boolean
	/** A watch rule found the words, whoever decided about them. */
	foundByRule: boolean
	/** Taken back, and nobody sees the words until somebody decides anew. */
	waits: boolean
	/** When removed words are deleted for good; null where they are not, or are by now. */
	wipeAt: Date | null
	/** Where she changes what she was asked to change; null once she has. */
	editPath: string | null
	measures: MeasureTold[]
	excerpt: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	rule: Rule
	words: string
	createdAt: Date
	unseen: boolean
	undoneAt: Date | null
	appealedAt: Date | null
	reviewWords: string
	outcome: Decision | null
	mayAppeal: boolean
}

interface MyDecisionsProps {
	statements: MyStatement[]
	olderStatements: string | null
	reports: MyReport[]
	olderReports: string | null
	result?: FormResult
}

/** What was decided about her words, with the way to ask for another look, and what became of her own reports. */
export function MyDecisions({
	statements,
	olderStatements,
	reports,
	olderReports,
	result,
}: MyDecisionsProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('moderation:mine.title')}
				lead={t('moderation:mine.lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			<Section title={t('moderation:mine.statements')}>
				{statements.length === 0 ? <p className="muted">{t('moderation:mine.noStatements')}</p> : null}
				<CardList label={t('moderation:mine.statements')}>
					{statements.map((statement) => (
						<StatementCard key={statement.id} statement={statement} result={result} />
					))}
				</CardList>
				<Pager olderTo={olderStatements ? `/me/decisions?statements=${olderStatements}` : undefined} />
			</Section>
			<Section title={t('moderation:mine.reports')} id="reports">
				<MyReports reports={reports} />
				<Pager olderTo={olderReports ? `/me/decisions?reports=${olderReports}#reports` : undefined} />
			</Section>
		</>
	)
}

function StatementCard({ statement, result }: { statement: MyStatement; result?: FormResult }) {
	const { t } = useTranslation()
	const kind = kindOf(statement.kind)
	return (
		<Card as="li" item="decision" tone={statement.unseen ? 'new' : 'plain'}>
			<div className="stack">
				<p>
					<strong>
						{t(
							statement.automated
								? 'decisions:rule.folded'
								: outcomesOf(statement.kind, statement.action).restricted.told,
						)}
					</strong>
				</p>
				<p className="meta">
					<IconText name={kind.icon}>{t(kind.label)}</IconText>
					<Time at={statement.createdAt} />
				</p>
				{statement.excerpt ? (
					<blockquote lang={statement.lang ?? undefined} dir={statement.dir}>
						{statement.excerpt}
					</blockquote>
				) : null}
				<Why statement={statement} />
				<MeasureLines measures={statement.measures} />
				<OfTheWords statement={statement} />
				<Standing statement={statement} />
				{statement.mayAppeal ? <AppealForm statement={statement} result={result} /> : null}
				{statement.unseen ? <SeenForm statement={statement} /> : null}
			</div>
		</Card>
	)
}

/** Who found the words and who decided, a person or not: she is always told (DSA Art. 17(3)(c)). */
function Why({ statement }: { statement: MyStatement }) {
	const { t } = useTranslation()
	if (statement.automated) return <p>{t('decisions:rule.byItself')}</p>
	return (
		<>
			<div>
				<p className="muted">{t('moderation:mine.ruleLabel')}</p>
				<p>{t(RULE[statement.rule].label)}</p>
			</div>
			{statement.words ? (
				<div>
					<p className="muted">{t('moderation:mine.wordsLabel')}</p>
					<p className="bubble-text" dir="auto">
						{statement.words}
					</p>
				</div>
			) : null}
			<p>{t(statement.foundByRule ? 'decisions:rule.found' : 'moderation:mine.byPerson')}</p>
		</>
	)
}

/** What she can still do about her words, and until when. */
function OfTheWords({ statement: { action, undoneAt, wipeAt, editPath } }: { statement: MyStatement }) {
	const { t, i18n } = useTranslation()
	if (undoneAt) return null
	if (action === 'removed') {
		return (
			<p>
				{wipeAt
					? t('decisions:mine.wipe', { date: formatDate(i18n.language, new Date(wipeAt)) })
					: t('decisions:mine.wiped')}
			</p>
		)
	}
	if (action !== 'edit-asked') return null
	if (!editPath) return <Notice kind="good">{t('decisions:mine.edited')}</Notice>
	return (
		<p>
			<ButtonLink to={editPath} icon="pencil">
				{t('decisions:mine.edit')}
			</ButtonLink>
		</p>
	)
}

/** How things stand: taken back, asked for another look, answered, or no longer to be asked. */
function Standing({ statement }: { statement: MyStatement }) {
	const { t } = useTranslation()
	const outcomes = outcomesOf(statement.kind, statement.action)
	const { outcome, undoneAt, appealedAt, mayAppeal, reviewWords, automated, waits } = statement
	if (automated && undoneAt) return <Notice kind="info">{t('decisions:rule.lookedAt')}</Notice>
	if (automated && appealedAt) return <Notice kind="info">{t('decisions:rule.lookAsked')}</Notice>
	if (!appealedAt && undoneAt)
		return <Notice kind="good">{t(waits ? 'decisions:mine.waits' : outcomes.undone)}</Notice>
	if (!appealedAt) return mayAppeal ? null : <p className="muted">{t('moderation:mine.tooLate')}</p>
	const answered = outcome === 'restored' || outcome === 'upheld' ? outcome : undefined
	return (
		<Notice kind={outcome === 'restored' ? 'good' : 'info'}>
			<p>{t(answered ? outcomes[answered].told : 'moderation:mine.appealOpen')}</p>
			{reviewWords ? (
				<p className="bubble-text" dir="auto">
					{reviewWords}
				</p>
			) : null}
		</Notice>
	)
}

function AppealForm({ statement, result }: { statement: MyStatement; result?: FormResult }) {
	const { t } = useTranslation()
	const mine = result?.values?.statement === statement.id ? result : undefined
	return (
		<Disclosure summary={t('moderation:mine.appeal')} icon="scale" open={mine !== undefined}>
			<Form result={mine} id={`appeal-${statement.id}`}>
				<input type="hidden" name="intent" value="appeal" />
				<input type="hidden" name="statement" value={statement.id} />
				<TextArea
					name="words"
					label={t('moderation:mine.appealLabel')}
					hint={t(statement.automated ? 'decisions:rule.appealHint' : 'moderation:mine.appealHint')}
					counter={WORDS.graphemes}
					rows={3}
					optional
				/>
				<Submit icon="send">{t('moderation:mine.appealSend')}</Submit>
			</Form>
		</Disclosure>
	)
}

function SeenForm({ statement }: { statement: MyStatement }) {
	const { t } = useTranslation()
	return (
		<Form id={`seen-${statement.id}`}>
			<input type="hidden" name="intent" value="seen" />
			<input type="hidden" name="statement" value={statement.id} />
			<Submit kind="quiet" icon="check">
				{t('moderation:mine.seen')}
			</Submit>
		</Form>
	)
}
