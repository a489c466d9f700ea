import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import { Bdi } from '~/ui/text'
import type { Fold } from '../forum.limits'

interface ReplyExcerptProps {
	reply: {
		id: string
		author: string | null
		aliased: boolean
		excerpt: string
		lang: string
		dir: 'ltr' | 'rtl'
		note: Fold | null
	}
	/** The flower of the topic's asker. */
	alias: number | null
	/** Where the post is; on this page without one. */
	to?: string
}

/** What a post answers: who, and how it begins, with the way to it. What is folded there is only named here. */
export function ReplyExcerpt({ reply, alias, to = `#p-${reply.id}` }: ReplyExcerptProps) {
	const { t } = useTranslation()
	const name = reply.aliased ? t(`forum:alias.${alias ?? 0}`) : (reply.author ?? t('forum:formerMember'))
	return (
		<a className="answered-to" href={to}>
			<Icon name="reply" />
			<span>
				<span className="sr-only">{t('forum:post.answersTo')} </span>
				<Bdi>{name}</Bdi>
				<span
					className="answered-words"
					lang={reply.note ? undefined : reply.lang}
					dir={reply.note ? undefined : reply.dir}
				>
					{reply.note ? t(`forum:note.${reply.note}`) : reply.excerpt}
				</span>
			</span>
		</a>
	)
}
