import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { Button } from '~/ui/button'
import { Card } from '~/ui/card'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { Disclosure } from '~/ui/page'
import { Person } from '~/ui/people'
import { Prose } from '~/ui/prose'
import { LanguageTag, Time } from '~/ui/text'
import type { ShownPost } from '../posts.server'
import type { PostTranslations, Reader } from '../translation/reading.server'
import { PostTranslation } from './post-translation'
import { ReplyExcerpt } from './reply-excerpt'

/** The form that the buttons under all posts of a page send: one for the page, not one for each button. */
export const POST_ACTIONS = 'post-actions'

/** How the page stands to its posts, as data: a post is rendered once for all who see the same of it. */
export interface PostPlace {
	path: string
	mayWrite: boolean
	moderates: boolean
	/** The flower of the topic's asker. */
	alias: number | null
	/** She asked it, and says what answered it. */
	asked: boolean
	isAnswer: boolean
	/** What this post answers stands on this page, and is reached without loading. */
	replyIsHere: boolean
}

export interface PostProps {
	post: ShownPost
	place: PostPlace
	/** What there is of it in other languages, and what the reader can do about that. */
	found?: PostTranslations
	reader: Reader
}

/** One post: who and when, what it answers, its words, and what can be done about it. */
export function Post({ post, place, found, reader }: PostProps) {
	if (post.deleted) return <DeletedPost post={post} />
	const { reply } = post
	return (
		<Card as="article" item="post" id={`p-${post.id}`} tone={place.isAnswer ? 'new' : 'plain'}>
			<PostHead post={post} alias={place.alias} isAnswer={place.isAnswer} />
			{reply ? (
				<ReplyExcerpt
					reply={reply}
					alias={place.alias}
					to={place.replyIsHere ? undefined : `${place.path}?from=${reply.id}#p-${reply.id}`}
				/>
			) : null}
			<PostTranslation post={post} found={found} reader={reader}>
				<Words post={post} />
			</PostTranslation>
			<PostFoot post={post} place={place} />
		</Card>
	)
}

function Words({ post: { html, lang, dir, note } }: { post: ShownPost }) {
	const { t } = useTranslation()
	const prose = <Prose html={html} lang={lang} dir={dir} />
	return note ? (
		<Disclosure summary={t(`forum:note.${note}`)} icon="eye-off">
			{prose}
		</Disclosure>
	) : (
		prose
	)
}

interface HeadProps {
	post: ShownPost
	alias: number | null
	isAnswer: boolean
}

function PostHead({ post, alias, isAnswer }: HeadProps) {
	const { t } = useTranslation()
	const name = post.aliased ? t(`forum:alias.${alias ?? 0}`) : (post.author ?? t('forum:formerMember'))
	return (
		<div className="post-head">
			<Person handle={name} seed={post.seed} badge={post.badge ?? undefined} />
			<span className="meta">
				{isAnswer ? (
					<span className="with-icon">
						<Icon name="circle-check" />
						<span>{t('forum:answered.this')}</span>
					</span>
				) : null}
				{post.aliased ? (
					<span className="with-icon">
						<Icon name="flower" />
						<span>{t('forum:aliasing.mark')}</span>
					</span>
				) : null}
				<LanguageTag tag={post.lang} />
				<Time at={post.createdAt} />
				{post.editedAt ? (
					<span>
						{t('forum:post.changed')} <Time at={post.editedAt} />
					</span>
				) : null}
			</span>
		</div>
	)
}

/** A shell: that something stood here, for as long as others may have answered it. */
function DeletedPost({ post }: { post: ShownPost }) {
	const { t } = useTranslation()
	// Under an alias nothing says whether she is still here.
	const isFormer = post.author === null && !post.aliased
	return (
		<Card as="article" item="post" id={`p-${post.id}`} tone="quiet">
			<p className="muted">
				{isFormer ? `${t('forum:formerMember')} · ` : ''}
				{t('forum:post.deleted')}
			</p>
			{post.undoable ? (
				<Act icon="undo-2" name="restore" post={post}>
					{t('forum:post.undo')}
				</Act>
			) : null}
		</Card>
	)
}

interface ActProps {
	icon: IconName
	name: string
	post: { id: string }
	pressed?: boolean
	children: ReactNode
}

function Act({ icon, name, post, pressed, children }: ActProps) {
	return (
		<Button kind="plain" icon={icon} form={POST_ACTIONS} name={name} value={post.id} aria-pressed={pressed}>
			{children}
		</Button>
	)
}

function FootLink({ to, icon, children }: { to: string; icon: IconName; children: ReactNode }) {
	return (
		<a className="quiet-link" href={to}>
			<Icon name={icon} />
			<span>{children}</span>
		</a>
	)
}

interface FootProps {
	post: ShownPost
	place: PostPlace
}

/** What is done often stands open; the rest costs the page one word. */
function PostFoot({ post, place }: FootProps) {
	const { t } = useTranslation()
	const { path, mayWrite, asked, isAnswer } = place
	return (
		<div className="post-foot">
			<Thanks post={post} />
			{asked && !post.question && !isAnswer ? (
				<Act icon="circle-check" name="answeredBy" post={post}>
					{t('forum:answered.byThis')}
				</Act>
			) : null}
			{mayWrite ? (
				<FootLink to={`${path}?reply=${post.id}#answer`} icon="reply">
					{t('forum:post.reply')}
				</FootLink>
			) : null}
			{post.mine ? (
				<FootLink to={`${path}/edit/${post.id}`} icon="pencil">
					{t('forum:post.edit')}
				</FootLink>
			) : (
				<FootLink to={`/report/post/${post.id}`} icon="flag">
					{t('forum:report')}
				</FootLink>
			)}
			<RareActions post={post} place={place} />
		</div>
	)
}

function RareActions({ post, place }: FootProps) {
	const { t } = useTranslation()
	const { path, mayWrite, moderates } = place
	const mayQuote = mayWrite && !post.note
	const mayRead = post.editedAt !== null && (post.mine || moderates)
	const mayBlock = !post.mine && !post.aliased && post.author !== null
	if (!post.mine && !mayQuote && !mayRead && !mayBlock) return null
	return (
		<details className="fold post-more">
			<summary>
				<span>{t('forum:post.more')}</span>
				<Icon name="chevron-down" className="turn" />
			</summary>
			<div className="post-foot">
				{mayQuote ? (
					<FootLink to={`${path}?quote=${post.id}#answer`} icon="message-circle">
						{t('forum:post.quote')}
					</FootLink>
				) : null}
				{mayRead ? (
					<FootLink to={`${path}/history/${post.id}`} icon="history">
						{t('forum:post.history')}
					</FootLink>
				) : null}
				{post.vouchable && post.author ? (
					<FootLink to={`/me/vouch?handle=${encodeURIComponent(post.author)}`} icon="handshake">
						{t('vouch:knowHer')}
					</FootLink>
				) : null}
				{mayBlock ? <BlockLink memberId={post.seed} /> : null}
				{post.mine ? (
					<Act icon="trash-2" name="delete" post={post}>
						{t('forum:post.delete')}
					</Act>
				) : null}
			</div>
		</details>
	)
}

function Thanks({ post }: { post: ShownPost }) {
	const { t } = useTranslation()
	const words = post.thanks > 0 ? t('forum:thanks.count', { count: post.thanks }) : t('forum:thanks.give')
	if (!post.mine) {
		return (
			<Act
				icon={post.thanked ? 'check' : 'heart'}
				name={post.thanked ? 'unthank' : 'thank'}
				post={post}
				pressed={post.thanked}
			>
				{words}
			</Act>
		)
	}
	if (post.thanks === 0) return null
	return (
		<span className="with-icon muted">
			<Icon name="heart" />
			<span>{words}</span>
		</span>
	)
}
