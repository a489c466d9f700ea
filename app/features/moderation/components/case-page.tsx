import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Form, type FormResult, Submit } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Notice, PageHead, Section } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { CaseShown, Content } from '../cases.server'
import { Decided, DecideForm } from './decide'
import { kindOf, REASON } from './labels'

interface CasePageProps {
	shown: CaseShown
	/** Private content, only in the answer to the press that opened it. */
	opened: Content | null
	result?: FormResult
}

/** A case in three parts: what it is about, what stands around it, and the decision. */
export function CasePage({ shown, opened, result }: CasePageProps) {
	const { t } = useTranslation()
	const content = shown.content ?? opened
	return (
		<>
			<PageHead
				title={shown.appeal ? t('moderation:case.appealTitle') : t('moderation:case.title')}
				back={{ to: '/moderation', label: t('moderation:case.back') }}
			/>
			{result?.code === 'conflict' ? (
				<Notice kind="care">
					{shown.status === 'decided' ? t('moderation:case.wasDecided') : t('moderation:case.changed')}
				</Notice>
			) : null}
			<Section title={t('moderation:case.what')}>
				<What shown={shown} content={content} opened={opened !== null} />
			</Section>
			{content?.body ? <Around content={content} /> : null}
			<Section title={t('moderation:case.decide')} id="decide">
				<Deciding shown={shown} result={result} />
			</Section>
		</>
	)
}

function What({ shown, content, opened }: { shown: CaseShown; content: Content | null; opened: boolean }) {
	const { t } = useTranslation()
	const kind = kindOf(shown.kind)
	return (
		<div className="stack">
			<p className="meta">
				<IconText name={kind.icon}>{t(kind.label)}</IconText>
				{content?.lang ? <LanguageTag tag={content.lang} /> : null}
				<Time at={shown.openedAt} />
			</p>
			{content ? <Said content={content} linked={!shown.private} /> : null}
			{opened ? <Notice kind="info">{t('moderation:case.opened')}</Notice> : null}
			{shown.gone ? <Notice kind="info">{t('moderation:case.gone')}</Notice> : null}
			{shown.private && !content ? <OpenPrivate shown={shown} /> : null}
			<Reasons shown={shown} />
		</div>
	)
}

/** Into a private room no link leads: it is not the moderator's, and what she needs is here. */
function Said({ content, linked }: { content: Content; linked: boolean }) {
	const { t } = useTranslation()
	return (
		<Card>
			<p className="post-head">
				<Bdi>{content.author ?? t('moderation:formerMember')}</Bdi>
			</p>
			{content.body ? (
				<p className="bubble-text" lang={content.lang ?? undefined} dir={content.dir}>
					{content.body}
				</p>
			) : null}
			{linked && content.path ? (
				<p className="post-foot">
					<a className="quiet-link" href={content.path}>
						{t('moderation:case.place')}
					</a>
				</p>
			) : null}
		</Card>
	)
}

/** A form, not a link: opening it changes something, the record. */
function OpenPrivate({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	if (shown.status === 'decided' || shown.notHers) {
		return <Notice kind="info">{t('moderation:case.privateClosed')}</Notice>
	}
	return (
		<>
			<Notice kind="info">{t('moderation:case.privateText')}</Notice>
			<Form>
				<input type="hidden" name="intent" value="read" />
				<Submit kind="quiet" icon="eye">
					{t('moderation:case.read')}
				</Submit>
			</Form>
		</>
	)
}

function Around({ content }: { content: Content }) {
	const { t } = useTranslation()
	return (
		<Section title={t('moderation:case.around')}>
			{content.around.length === 0 ? <p className="muted">{t('moderation:case.noAround')}</p> : null}
			<ol className="cards">
				{content.around.map((said) => (
					<Card as="li" key={said.id} tone="quiet">
						<p className="meta">
							<Bdi>{said.author ?? t('moderation:formerMember')}</Bdi>
						</p>
						<p className="bubble-text" lang={said.lang ?? undefined} dir={said.dir}>
							{said.body}
						</p>
					</Card>
				))}
			</ol>
		</Section>
	)
}

/** Why it was reported, in the reporters' words and without their names; for an appeal, her words too. */
function Reasons({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	return (
		<>
			{shown.appeal && shown.statement?.appealWords ? (
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
			{given.words ? (
				<p className="bubble-text" dir="auto">
					{given.words}
				</p>
			) : null}
		</li>
	)
}

function Deciding({ shown, result }: { shown: CaseShown; result?: FormResult }) {
	const { t } = useTranslation()
	if (shown.status === 'decided') return <Decided shown={shown} />
	return (
		<div className="stack">
			{shown.appeal ? <Decided shown={shown} /> : null}
			{shown.notHers === 'own-report' ? <Notice kind="info">{t('moderation:case.ownReport')}</Notice> : null}
			{shown.notHers === 'own-decision' ? (
				<Notice kind="info">{t('moderation:case.ownDecision')}</Notice>
			) : null}
			{shown.notHers ? null : (
				<DecideForm shown={shown} result={result?.code === 'conflict' ? undefined : result} />
			)}
		</div>
	)
}
