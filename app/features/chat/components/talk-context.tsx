import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../chat.wire'
import type { LiveRoom } from '../live/live-room'

/** What every part of a talk needs to know. */
export interface TalkFacts {
	room: string
	me: {
		id: string
		handle: string
		speaks: readonly string[]
		reads: readonly string[]
		wants: string
		/** Whose words are folded for her; none in a private room. */
		muted: readonly string[]
	}
	mayWrite: boolean
	/** The server's time. */
	now: Date
	live?: LiveRoom
}

const TalkContext = createContext<TalkFacts | undefined>(undefined)

export const TalkProvider = TalkContext.Provider

export function useTalk(): TalkFacts {
	const facts = useContext(TalkContext)
	if (!facts) throw new Error('a part of a talk stands outside of it')
	return facts
}

/** Behind what a message is folded for her, in words: it was moderated, or she has muted who said it. */
export function useFold() {
	const { t } = useTranslation()
	const { me } = useTalk()
	return ({ authorId, folded }: Pick<Message, 'authorId' | 'folded'>): string | undefined => {
		if (authorId !== null && me.muted.includes(authorId)) return t('chat:muted')
		return folded && t('chat:folded')
	}
}

const WORDS_AT_MOST = 90

/** How a message begins, in one line. */
export function beginningOf(body: string): string {
	const line = body.replace(/\s+/g, ' ').trim()
	return line.length <= WORDS_AT_MOST ? line : `${line.slice(0, WORDS_AT_MOST).replace(/\s+\S*$/, '')}…`
}
