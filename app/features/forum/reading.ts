/** How a reader stands to a page of a topic. */
export interface Reading {
	/** The topic's address. */
	path: string
	follows: boolean
	/** The page's first post, where its buttons lead back to. */
	first?: string
	/** The page's last post, as long as she has not read to it. */
	unreadEnd?: string
	/** Where she stopped, if it is not simply the beginning. */
	continueAt?: string
}

interface Stopped {
	/** The topic's address. */
	path: string
	readSeq: number
	/** The number of the topic's newest post. */
	postSeq: number
	/** The posts of the page she looks at. */
	shown: readonly { id: string; seq: number }[]
}

/**
 * The address of the first post she has not read: on this page its place, else the page that begins with it. None
 * where she has read nothing, or everything, or is there already.
 */
export function continuePath({ path, readSeq, postSeq, shown }: Stopped): string | undefined {
	const first = shown[0]
	if (readSeq === 0 || readSeq >= postSeq || !first || first.seq > readSeq) return undefined
	const unread = shown.find(({ seq }) => seq > readSeq)
	return unread ? `#p-${unread.id}` : `${path}?after=${readSeq}`
}
