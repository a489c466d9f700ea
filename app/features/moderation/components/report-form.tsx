import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Choice, ChoiceGroup, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Notice, PageHead, Section } from '~/ui/page'
import { REASONS, type Reason, WORDS } from '../moderation.words'
import { kindOf, REASON } from './labels'

export interface Reportable {
	kind: string
	path: string
	private: boolean
	takenBack: boolean
	excerpt: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	before?: { reason: Reason; words: string }
}

/** The page to report on: what it is about, what will happen, the reasons as pictures with words. */
export function ReportForm({ reportable, result }: { reportable: Reportable; result?: FormResult }) {
	const { t } = useTranslation()
	const { before } = reportable
	return (
		<>
			<PageHead
				title={t('moderation:report.title')}
				lead={t('moderation:report.lead')}
				back={{ to: reportable.path, label: t('common:actions.back') }}
			/>
			<div className="stack">
				<Quote reportable={reportable} />
				{reportable.takenBack ? <Notice kind="info">{t('moderation:report.takenBack')}</Notice> : null}
				{before ? <Notice kind="info">{t('moderation:report.before')}</Notice> : null}
				<Beforehand kind={reportable.kind} isPrivate={reportable.private} />
			</div>
			<Section title={t('moderation:report.reasonTitle')}>
				<Form result={result}>
					<ReportFields before={before} />
				</Form>
			</Section>
		</>
	)
}

/** What is wrong, in one of four pictures, and her own words if she wants to add some. */
export function ReportFields({ before }: Pick<Reportable, 'before'>) {
	const { t } = useTranslation()
	return (
		<>
			<ChoiceGroup name="reason" legend={t('moderation:report.reasonLegend')}>
				{REASONS.map((reason) => (
					<ReasonChoice key={reason} reason={reason} checked={before?.reason === reason} />
				))}
			</ChoiceGroup>
			<TextArea
				name="words"
				label={t('moderation:report.wordsLabel')}
				hint={t('reports:wordsHint')}
				counter={WORDS.graphemes}
				rows={3}
				optional
				defaultValue={before?.words}
			/>
			<Submit icon="send">{t('moderation:report.send')}</Submit>
		</>
	)
}

function Quote({ reportable }: { reportable: Reportable }) {
	const { t } = useTranslation()
	const kind = kindOf(reportable.kind)
	return (
		<Card tone="quiet">
			<div className="flex flex-col gap-2">
				<p className="meta">
					<Icon name={kind.icon} />
					<span>{t(kind.label)}</span>
				</p>
				{reportable.excerpt ? (
					<blockquote lang={reportable.lang ?? undefined} dir={reportable.dir}>
						{reportable.excerpt}
					</blockquote>
				) : null}
			</div>
		</Card>
	)
}

/** What is not hidden but closed or ended. */
const NOT_TOLD: Record<string, string> = {
	circle: 'moderation:circle.notTold',
	room: 'reports:room.notTold',
	'open-room': 'reports:openRoom.notTold',
	'space-invitation': 'reports:invitation.notTold',
}

/** Who reads it and who is told, before she writes a word. */
function Beforehand({ kind, isPrivate }: { kind: string; isPrivate: boolean }) {
	const { t } = useTranslation()
	// It is closed, and by more than two.
	const ofCircle = kind === 'circle'
	return (
		<ul className="points">
			<Point icon="shield">{t('moderation:report.whoReads')}</Point>
			<Point icon="lock">{t(NOT_TOLD[kind] ?? 'moderation:report.notTold')}</Point>
			{isPrivate ? <Point icon="eye">{t('moderation:report.privateOpened')}</Point> : null}
			{isPrivate && !ofCircle ? (
				<Point icon="users-round">{t('moderation:report.privateGuess')}</Point>
			) : null}
			<Point icon="life-buoy">
				{t('moderation:report.dangerNow')} <a href="/help">{t('moderation:report.helpNow')}</a>
			</Point>
		</ul>
	)
}

export function Point({ icon, children }: { icon: IconName; children: ReactNode }) {
	return (
		<li>
			<Icon name={icon} />
			<span>{children}</span>
		</li>
	)
}

function ReasonChoice({ reason, checked }: { reason: Reason; checked: boolean }) {
	const { t } = useTranslation()
	const { label, hint, icon } = REASON[reason]
	return (
		<Choice
			type="radio"
			name="reason"
			value={reason}
			icon={icon}
			label={t(label)}
			hint={t(hint)}
			defaultChecked={checked}
		/>
	)
}
