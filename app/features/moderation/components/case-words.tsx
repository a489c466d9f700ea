import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import { Form, Submit } from '~/ui/form'
import { Disclosure, Notice } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'
import type { CaseShown, Content, KeptWords, Opened } from '../cases.server'

interface CaseWordsProps {
	shown: CaseShown
	/** Private content, only in the answer to the press that opened it. */
	opened: Opened | null
}

/**
 * What was reported, folded until she wants to read it: as it was when it was reported, beside what it says now where
 * that is something else, and what stood around it.
 */
export function CaseWords({ shown, opened }: CaseWordsProps) {
	const { t } = useTranslation()
	const content = opened ?? shown.content
	const kept = opened?.kept ?? shown.kept
	if (shown.private && !opened) return <OpenPrivate shown={shown} />
	if (!content && kept.length === 0) return <Notice kind="info">{t('moderation:case.gone')}</Notice>
	const now = content && !content.gone ? content : null
	const author = content?.author ?? shown.author
	const around = now?.around ?? kept.at(-1)?.around ?? []
	return (
		<div className="stack">
			{opened ? <Notice kind="info">{t('moderation:case.opened')}</Notice> : null}
			{now ? null : <Notice kind="info">{t('queue:words.gone')}</Notice>}
			<Disclosure summary={t('queue:words.show')} icon="eye" open={opened !== null}>
				<div className="stack">
					{now ? <Said content={now} linked={!shown.private} /> : null}
					{kept
						.filter(({ body }) => body !== now?.body)
						.map((one) => (
							<AsReported key={one.id} kept={one} author={author} />
						))}
					{kept
						.flatMap(({ translations }) => translations)
						.map((one) => (
							<Translated key={one.id} translation={one} />
						))}
				</div>
			</Disclosure>
			<Around around={around} open={opened !== null} />
		</div>
	)
}

/** A form, not a link: opening it changes something, the record. */
function OpenPrivate({ shown }: { shown: CaseShown }) {
	const { t } = useTranslation()
	const theirs = shown.claim !== null && !shown.claim.mine
	if (shown.status === 'decided' || shown.notHers || theirs) {
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

/** What it says now. Into a private room no link leads: it is not the moderator's, and what she needs is here. */
function Said({ content, linked }: { content: Content; linked: boolean }) {
	const { t } = useTranslation()
	return (
		<Card>
			<p className="post-head">
				<Bdi>{content.author ?? t('moderation:formerMember')}</Bdi>
				{content.lang ? <LanguageTag tag={content.lang} /> : null}
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

/** As it was when it was reported, where it says something else by now. */
function AsReported({ kept, author }: { kept: KeptWords; author: string | null }) {
	const { t } = useTranslation()
	return (
		<Card tone="quiet" item="as-reported">
			<p className="meta">
				<span>{t('queue:words.asReported')}</span>
				<Bdi>{author ?? t('moderation:formerMember')}</Bdi>
				<Time at={kept.takenAt} />
			</p>
			<p className="bubble-text" lang={kept.lang ?? undefined} dir={kept.dir}>
				{kept.body || t('moderation:queue.noWords')}
			</p>
		</Card>
	)
}

function Translated({ translation }: { translation: KeptWords['translations'][number] }) {
	const { t } = useTranslation()
	if (translation.body === null) return null
	return (
		<Card tone="quiet" item="case-translation">
			<p className="meta">
				<span>{t('queue:words.translated')}</span>
				<LanguageTag tag={translation.language} />
				<Bdi>{translation.by ?? t('moderation:formerMember')}</Bdi>
			</p>
			<p className="bubble-text" lang={translation.language} dir={translation.dir}>
				{translation.body}
			</p>
		</Card>
	)
}

function Around({ around, open }: { around: Content['around']; open: boolean }) {
	const { t } = useTranslation()
	if (around.length === 0) return <p className="muted">{t('moderation:case.noAround')}</p>
	return (
		<Disclosure summary={t('moderation:case.around')} icon="messages-square" open={open}>
			<ol className="cards">
				{around.map((said, place) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: what was said has no other identity here
					<Card as="li" key={place} tone="quiet">
						<p className="meta">
							<Bdi>{said.author ?? t('moderation:formerMember')}</Bdi>
						</p>
						<p className="bubble-text" lang={said.lang ?? undefined} dir={said.dir}>
							{said.body}
						</p>
					</Card>
				))}
			</ol>
		</Disclosure>
	)
}
