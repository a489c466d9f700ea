import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import type { LiveRoom } from '../live/live-room'

/** The way to what was said before: in place where the page is alive, else a page of its own. */
export function Earlier({ room, older, live }: { room: string; older: number | null; live?: LiveRoom }) {
	const { t } = useTranslation()
	const [loading, setLoading] = useState(false)
	if (older === null) return null
	return (
		<nav className="pager" aria-label={t('common:pager.label')}>
			<a
				className="btn quiet"
				href={`/chat/${room}?before=${older}#end`}
				rel="prev"
				aria-busy={loading || undefined}
				onClick={async (event) => {
					if (!live || event.ctrlKey || event.metaKey || event.shiftKey) return
					event.preventDefault()
					if (loading) return
					setLoading(true)
					await live.loadOlder()
					setLoading(false)
				}}
			>
				{t('chat:room.earlier')}
			</a>
		</nav>
	)
}

/** Without scripts the page cannot see how far she reads: she says it. */
export function ReadHere({ seq }: { seq: number }) {
	const { t } = useTranslation()
	return (
		<form method="post" className="read-here">
			<input type="hidden" name="intent" value="read" />
			<input type="hidden" name="seq" value={seq} />
			<Button kind="plain" icon="check">
				{t('chat:room.read')}
			</Button>
		</form>
	)
}
