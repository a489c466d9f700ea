import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import { Icon } from '~/ui/icon'
import type { Reading } from '../reading'

/** Above the posts: the way to where she stopped. */
export function ContinueLink({ reading: { continueAt } }: { reading: Reading }) {
	const { t } = useTranslation()
	if (!continueAt) return null
	return (
		<p>
			<a className="btn quiet" href={continueAt}>
				<Icon name="book-open" />
				<span>{t('forum:reading.continue')}</span>
			</a>
		</p>
	)
}

/**
 * Below the posts: following, and how far she read. Reaching this place tells it by itself (app/enhance/reading.ts);
 * the button is for browsers without scripts.
 */
export function ReadingBar({ reading: { path, follows, first, unreadEnd } }: { reading: Reading }) {
	const { t } = useTranslation()
	return (
		<div className="row section" id="reading">
			<form method="post" action={`${path}/reading`}>
				{first ? <input type="hidden" name="from" value={first} /> : null}
				<Button kind="quiet" icon="bell" name="intent" value={follows ? 'unfollow' : 'follow'}>
					{t(follows ? 'forum:follow.stopTopic' : 'forum:follow.topic')}
				</Button>
			</form>
			{unreadEnd ? (
				<form method="post" action={`${path}/reading`} data-read={unreadEnd}>
					{first ? <input type="hidden" name="from" value={first} /> : null}
					<input type="hidden" name="post" value={unreadEnd} />
					<Button kind="quiet" icon="check" name="intent" value="read">
						{t('forum:reading.here')}
					</Button>
				</form>
			) : null}
		</div>
	)
}
