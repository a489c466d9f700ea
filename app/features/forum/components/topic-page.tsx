import { useTranslation } from 'react-i18next'
import { Card } from '~/ui/card'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Notice, PageHead } from '~/ui/page'
import { Person } from '~/ui/people'
import { Prose } from '~/ui/prose'
import { LanguageTag, Time } from '~/ui/text'
import { AnswerForm, type WritingContext } from './writing'

export interface PostRow {
	id: string
	seq: number
	html: string
	lang: string
	dir: 'ltr' | 'rtl'
	createdAt: Date
	authorId: string | null
	author: string | null
	badge: string | null
}

interface TopicPageProps {
	space: { id: string; name: string }
	topic: { id: string; title: string; lang: string; dir: 'ltr' | 'rtl' }
	posts: PostRow[]
	previous?: number
	next?: number
	mayWrite: boolean
	writing: WritingContext
	result?: FormResult
}

/** A question with its answers, oldest first, and the way to answer at the end. */
export function TopicPage({
	space,
	topic,
	posts,
	previous,
	next,
	mayWrite,
	writing,
	result,
}: TopicPageProps) {
	const { t } = useTranslation()
	const path = `/forum/${space.id}/${topic.id}`
	// Looked up once, not for each of twenty posts.
	const words = { report: t('forum:report'), formerMember: t('forum:formerMember') }
	const title = (
		<span lang={topic.lang} dir={topic.dir} className="said">
			{topic.title}
		</span>
	)
	return (
		<>
			<PageHead title={title} back={{ to: `/forum/${space.id}`, label: space.name }} />
			<PostPager path={path} previous={previous} />
			{posts.map((post) => (
				<Post key={post.id} post={post} words={words} />
			))}
			<PostPager path={path} next={next} />
			{mayWrite ? (
				<AnswerForm writing={writing} result={result} />
			) : (
				<Notice kind="info">{t('forum:cannotWrite')}</Notice>
			)}
		</>
	)
}

/** Earlier and later answers: here time runs downwards, so "older" and "newer" would mislead. */
function PostPager({ path, previous, next }: { path: string; previous?: number; next?: number }) {
	const { t } = useTranslation()
	if (previous === undefined && next === undefined) return null
	return (
		<nav className="pager" aria-label={t('forum:topic.pages')}>
			{previous === undefined ? null : (
				<a className="btn quiet" href={previous > 0 ? `${path}?after=${previous}` : path} rel="prev">
					<Icon name="chevron-left" />
					<span>{t('forum:topic.earlier')}</span>
				</a>
			)}
			{next === undefined ? null : (
				<a className="btn quiet older" href={`${path}?after=${next}`} rel="next">
					<span>{t('forum:topic.later')}</span>
					<Icon name="chevron-right" />
				</a>
			)}
		</nav>
	)
}

function Post({ post, words }: { post: PostRow; words: { report: string; formerMember: string } }) {
	return (
		<Card as="article" item="post" id={`p${post.seq}`}>
			<p className="post-head">
				<Person
					handle={post.author ?? words.formerMember}
					seed={post.authorId ?? post.id}
					badge={post.badge ?? undefined}
				/>
				<span className="meta">
					<LanguageTag tag={post.lang} />
					<Time at={post.createdAt} />
				</span>
			</p>
			<Prose html={post.html} lang={post.lang} dir={post.dir} />
			<p className="post-foot">
				<a className="quiet-link" href={`/report/post/${post.id}`}>
					<Icon name="flag" />
					<span>{words.report}</span>
				</a>
			</p>
		</Card>
	)
}
