import { type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { formatRelative } from '~/platform/i18n/format'
import { endonym } from '~/platform/i18n/languages'
import { MomentContext } from './remembered'

/** Text a person wrote (a handle, a title) inside our own sentence, so that its direction never turns ours. */
export function Bdi({ children, lang }: { children: ReactNode; lang?: string }) {
	return <bdi lang={lang}>{children}</bdi>
}

type LanguageTagProps = { tag: string; level?: number; levels?: number; levelWord?: string }

/** A language by its own name, said by the right voice; with `level` (of `levels`) as dots, and as a word to hear. */
export function LanguageTag({ tag, level, levels = 4, levelWord }: LanguageTagProps) {
	return (
		<span className="tag">
			<bdi lang={tag}>{endonym(tag)}</bdi>
			{level === undefined ? null : (
				<>
					<span className="levels" aria-hidden="true">
						{Array.from({ length: levels }, (_, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: the dots have no other identity
							<i key={index} className={index < level ? 'on' : undefined} />
						))}
					</span>
					{levelWord ? <span className="sr-only">{levelWord}</span> : null}
				</>
			)}
		</span>
	)
}

/**
 * A moment in words ("an hour ago"). `data-relative` is how many seconds ago it was when the page was made: the
 * browser script counts on from there, because a phone's own clock can be days wrong.
 */
export function Time({ at, now }: { at: Date | string; now?: Date }) {
	const { i18n } = useTranslation()
	const markMoment = useContext(MomentContext)
	const date = typeof at === 'string' ? new Date(at) : at
	if (markMoment && !now)
		return (
			<time dateTime={date.toISOString()} data-relative={markMoment('seconds', date)}>
				{markMoment('words', date)}
			</time>
		)
	const from = now ?? new Date()
	return (
		// Where nobody says what now is, a browser may go on with the page a moment later than the server made it.
		<time
			dateTime={date.toISOString()}
			data-relative={Math.round((date.getTime() - from.getTime()) / 1000)}
			suppressHydrationWarning
		>
			{formatRelative(i18n.language, date, from)}
		</time>
	)
}
