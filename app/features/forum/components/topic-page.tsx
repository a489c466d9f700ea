import { useTranslation } from 'react-i18next'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import type { Silence } from '~/features/moderation/measures/restraints'
import type { Said } from '~/platform/i18n/chain'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Notice, PageHead } from '~/ui/page'
import { Remembered } from '~/ui/remembered'
import { SaidText } from '~/ui/said'
import type { ShownPost, ShownTopic } from '../posts.server'
import type { Reading } from '../reading'
import type { TraceEvent } from '../tools/trace.server'
import type { PostTranslations, Reader } from '../translation/reading.server'
import type { WritingContext } from '../writing.server'
import { POST_ACTIONS, Post, type PostPlace } from './post'
import { ContinueLink, ReadingBar } from './reading-bar'
import { ManageLink, TopicTrace } from './topic-trace'
import { AnswerForm, KeptAnswer } from './writing'

interface TopicPageProps {
	space: { id: string; name: Said }
	topic: ShownTopic
	posts: ShownPost[]
	previous?: string
	next?: string
	mayWrite: boolean
	/** Why she does not write here for now, if so. */
	silence: Silence | null
	moderates: boolean
	writing: WritingContext
	translations: { reader: Reader; of: Record<string, PostTranslations> }
	/** The address of this page, where its buttons lead back to. */
	here: string
	/** What just happened, as the address says. */
	told: string | null
	result?: FormResult
	trace: TraceEvent[]
	reading: Reading
}

/** A question with its answers, oldest first, and the way to answer at the end. */
export function TopicPage(props: TopicPageProps) {
	const { space, topic, posts, previous, next, mayWrite, moderates, writing, result } = props
	const path = `/forum/${space.id}/${topic.id}`
	const { reader, of } = props.translations
	const here = new Set(posts.map(({ id }) => id))
	const placeOf = ({ id, reply }: ShownPost): PostPlace => ({
		path,
		mayWrite,
		moderates,
		alias: topic.alias,
		asked: topic.mine,
		isAnswer: topic.answeredBy === id,
		replyIsHere: reply !== null && here.has(reply.id),
	})
	return (
		<>
			<PageHead
				title={<Title topic={topic} />}
				back={{ to: `/forum/${space.id}`, label: <SaidText said={space.name} /> }}
			/>
			<div className="stack above-posts">
				{moderates ? <ManageLink path={path} /> : null}
				<TopicTrace events={props.trace} />
				<Told told={props.told} />
				<Answered topic={topic} path={path} />
				<ContinueLink reading={props.reading} />
			</div>
			<form method="post" id={POST_ACTIONS} action={props.here} hidden />
			<PostPager path={path} previous={previous} />
			{posts.map((post) => (
				<Remembered
					key={post.id}
					name="post"
					of={Post}
					props={{ post, place: placeOf(post), found: of[post.id], reader }}
				/>
			))}
			<PostPager path={path} next={next} />
			<ReadingBar reading={props.reading} />
			<Answering
				mayWrite={mayWrite}
				silence={props.silence}
				topic={topic}
				writing={writing}
				result={result}
			/>
		</>
	)
}

function Title({ topic }: { topic: ShownTopic }) {
	const { t } = useTranslation()
	if (!topic.title) return <span className="muted">{t('forum:post.deletedTitle')}</span>
	return (
		<span lang={topic.lang} dir={topic.dir} className="said">
			{topic.title}
		</span>
	)
}

const TOLD = ['kept', 'locked', 'merged', 'alone', 'late'] as const

/** What came of what she just did, where the page itself does not show it. */
function Told({ told }: { told: string | null }) {
	const { t } = useTranslation()
	const known = TOLD.find((name) => name === told)
	if (!known) return null
	return <Notice kind={known === 'kept' ? 'good' : 'care'}>{t(`forum:told.${known}`)}</Notice>
}

/** That the question is answered, and where; only its asker says so and takes it back. */
function Answered({ topic, path }: { topic: ShownTopic; path: string }) {
	const { t } = useTranslation()
	if (!topic.answeredAt) {
		return topic.mine ? (
			<p>
				<Button kind="plain" icon="circle-check" form={POST_ACTIONS} name="answered" value="yes">
					{t('forum:answered.mark')}
				</Button>
			</p>
		) : null
	}
	return (
		<Notice kind="good">
			<p>
				{t('forum:answered.is')}{' '}
				{topic.answeredBy ? (
					<a href={`${path}?from=${topic.answeredBy}#p-${topic.answeredBy}`}>{t('forum:answered.go')}</a>
				) : null}
			</p>
			{topic.mine ? (
				<Button kind="plain" icon="undo-2" form={POST_ACTIONS} name="answered" value="no">
					{t('forum:answered.takeBack')}
				</Button>
			) : null}
		</Notice>
	)
}

type AnsweringProps = Pick<TopicPageProps, 'mayWrite' | 'silence' | 'topic' | 'writing' | 'result'>

function Answering({ mayWrite, silence, topic, writing, result }: AnsweringProps) {
	const { t } = useTranslation()
	if (mayWrite) return <AnswerForm writing={writing} result={result} topic={topic} />
	return (
		<>
			{silence ? (
				<Silenced silence={silence} />
			) : (
				<Notice kind="info">{topic.lockedAt ? t('forum:topic.locked') : t('forum:cannotWrite')}</Notice>
			)}
			<KeptAnswer writing={writing} />
		</>
	)
}

/** Earlier and later answers: here time runs downwards, so "older" and "newer" would mislead. */
function PostPager({ path, previous, next }: { path: string; previous?: string; next?: string }) {
	const { t } = useTranslation()
	if (!previous && !next) return null
	return (
		<nav className="pager" aria-label={t('forum:topic.pages')}>
			{previous ? (
				<a className="btn quiet" href={`${path}?from=${previous}`} rel="prev">
					<Icon name="chevron-left" />
					<span>{t('forum:topic.earlier')}</span>
				</a>
			) : null}
			{next ? (
				<a className="btn quiet older" href={`${path}?from=${next}`} rel="next">
					<span>{t('forum:topic.later')}</span>
					<Icon name="chevron-right" />
				</a>
			) : null}
		</nav>
	)
}
