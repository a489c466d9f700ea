const ADDRESS = /https?:\/\/[^\s<>"'`\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi
/** What ends a sentence or closes a bracket is not part of an address. */
const AFTER = /[.,;:!?)\]}»”…]+$/

/** The address, if it leads where it says: no name and password before it, no letters that only look like others. */
function safeAddress(text: string): string | undefined {
	try {
		const { href, hostname, username, password } = new URL(text)
		const says = hostname.includes('.') && text.toLowerCase().includes(hostname)
		return says && !username && !password && !hostname.includes('xn--') ? href : undefined
	} catch {
		return undefined
	}
}

/** Her words, with the addresses of pages in them as links. Nothing is fetched: what is behind is not shown. */
export function Words({ text }: { text: string }) {
	const parts: (string | { href: string; shown: string })[] = []
	let done = 0
	for (const { 0: found, index } of text.matchAll(ADDRESS)) {
		const shown = found.replace(AFTER, '')
		const href = safeAddress(shown)
		if (!href) continue
		parts.push(text.slice(done, index), { href, shown })
		done = index + shown.length
	}
	parts.push(text.slice(done))
	return parts.map((part, at) =>
		typeof part === 'string' ? (
			part
		) : (
			// biome-ignore lint/suspicious/noArrayIndexKey: the words of a message stand in their order
			<a key={at} href={part.href} rel="noopener noreferrer nofollow ugc" dir="ltr">
				{part.shown}
			</a>
		),
	)
}
