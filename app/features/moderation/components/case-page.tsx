import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { answerTo } from '~/features/members/components/answer'
import type { FormResult } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Notice, PageHead, Section } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { CaseShown, Opened } from '../cases.server'
import { AskTranslation } from '../translators/components/ask-translation'
import { CaseWords } from './case-words'
import { Claim } from './claim'
import { Clock } from './clock'
import { Decided, DecideForm } from './decide'
import { Alike, Earlier } from './history'
import { kindOf, REASON } from './labels'
import { Notes } from './notes'
import { ORIGIN } from './queue'

interface CasePageProps {
	shown: CaseShown
	/** Private content, only in the answer to the press that opened it. */
	opened: Opened | null
	/** The languages that bound translators know. */
	languages: string[]
	/** The way on for who reported it. */
	referral?: ReactNode
	/** What holds for its author already. */
	inForce?: ReactNode
	result?: FormResult
}

/** A case: what it is about, what others know of it, and the decision. */
export function CasePage({ shown, opened, languages, referral, inForce, result }: CasePageProps) {
	const { t } = useTranslation()
	const open = shown.status === 'open'
	return (
		<>
			<PageHead
				title={shown.appeal ? t('moderation:case.appealTitle') : t('moderation:case.title')}
				back={{ to: '/moderation', label: t('moderation:case.back') }}
			/>
			{result?.code === 'conflict' ? <TooLate shown={shown} changed={result.details?.changed} /> : null}
			<Claim shown={shown} />
			<Section title={t('moderation:case.what')} id="what">
				<What shown={shown} />
				<CaseWords shown={shown} opened={opened} />
				{open && !shown.notHers && shown.kept.length > 0 ? (
					<AskTranslation
						kept={shown.kept}
						languages={languages}
						result={answerTo(result, { intent: 'translation' })}
					/>
				) : null}
				<Reasons shown={shown} />
			</Section>
			{referral}
			<Section title={t('queue:beside.title')} id="beside">
				<div className="stack">
					<Earlier earlier={shown.earlier} />
					<Alike alike={shown.alike} kind={shown.kind} />
					<p>
						<a href="/rules">{t('queue:beside.rules')}</a>
					</p>
				</div>
			</Section>
			{(open && !shown.notHers) || shown.notes.length > 0 ? (
				<Notes shown={shown} result={noteAnswer(result)} />
			) : null}
			{inForce}
			<Section title={t('moderation:case.decide')} id="decide">
				<Deciding shown={shown} mark={(opened ?? shown).shownMark} result={result} />
			</Section>
		</>
	)
}

/** Two buttons send the note. */
const noteAnswer = (result?: FormResult) =>
	answerTo(result, { intent: 'note' }) ?? answerTo(result, { intent: 'hand-over' })

function TooLate({ shown, changed }: { shown: CaseShown; changed: unknown }) {
	const { t } = useTranslation()
	if (changed === 'words') return <Notice kind="care">{t('decisions:changed')}</Notice>
	if (shown.status === 'decided') return <Notice kind="care">{t('moderation:case.wasDecided')}</Notice>
	const theirs = shown.claim !== null && !shown.claim.mine
	return <Notice kind="care">{theirs ? t('queue:claim.tooLate') : t('moderation:case.changed')}</Notice>
}

function What({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	const kind = kindOf(shown.kind)
	const lang = shown.private ? null : (shown.content?.lang ?? shown.kept.at(-1)?.lang)
	return (
		<p className="meta">
			<IconText name={kind.icon}>{t(kind.label)}</IconText>
			{lang ? <LanguageTag tag={lang} /> : null}
			<IconText name={ORIGIN[shown.origin].icon}>{t(ORIGIN[shown.origin].label)}</IconText>
			<Time at={shown.openedAt} />
			{shown.status === 'open' ? <Clock dueAt={shown.dueAt} now={shown.now} /> : null}
		</p>
	)
}

/** Why it was reported, in the reporters' words and without their names; what its author says, where she asked for a look. */
function Reasons({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	return (
		<>
			{(shown.appeal || shown.status === 'open') && shown.statement?.appealWords ? (
				<div>
					<h3>{t('moderation:case.appealWords')}</h3>
					<p className="bubble-text" dir="auto">
						{shown.statement.appealWords}
					</p>
				</div>
			) : null}
			{shown.reasons.length > 0 ? <h3>{t('moderation:case.reasons')}</h3> : null}
			<ul className="stack">
				{shown.reasons.map((reason) => (
					<ReasonGiven key={reason.id} given={reason} />
				))}
			</ul>
		</>
	)
}

function ReasonGiven({ given }: { given: CaseShown['reasons'][number] }) {
	const { t } = useTranslation()
	const { label, icon } = REASON[given.reason]
	return (
		<li>
			<p className="row between">
				<IconText name={icon}>{t(label)}</IconText>
				<span className="meta">
					<Time at={given.createdAt} />
				</span>
			</p>
			{given.name ? (
				<p className="muted">
					{t('queue:nobodyHas')} <Bdi>{given.name}</Bdi>
				</p>
			) : null}
			{given.words ? (
				<p className="bubble-text" dir="auto">
					{given.words}
				</p>
			) : null}
		</li>
	)
}

/** Where the words had changed, what she chose is still in the form: nothing is wrong with it. */
function decideAnswer(result?: FormResult) {
	const sent = answerTo(result, { intent: 'decide' })
	if (sent?.code !== 'conflict') return sent
	return sent.details?.changed === 'words' ? { ok: true, values: sent.values } : undefined
}

interface DecidingProps {
	shown: CaseShown
	mark: string
	result?: FormResult
}

function Deciding({ shown, mark, result }: DecidingProps) {
	const { t } = useTranslation()
	if (shown.status === 'decided')
		return <Decided shown={shown} result={answerTo(result, { intent: 'undo' })} />
	const theirs = shown.claim !== null && !shown.claim.mine
	return (
		<div className="stack">
			{shown.appeal ? <Decided shown={shown} /> : null}
			{shown.notHers === 'own-report' ? <Notice kind="info">{t('moderation:case.ownReport')}</Notice> : null}
			{shown.notHers === 'own-decision' ? (
				<Notice kind="info">{t('moderation:case.ownDecision')}</Notice>
			) : null}
			{theirs && !shown.notHers ? (
				<p>
					{t('queue:claim.theirs')} <Bdi>{shown.claim?.by}</Bdi>
				</p>
			) : null}
			{shown.notHers || theirs ? null : (
				<DecideForm shown={shown} mark={mark} result={decideAnswer(result)} />
			)}
		</div>
	)
}
