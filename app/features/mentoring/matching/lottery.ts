/** Takes a text into a hash (FNV-1a, 32 bits). */
function feed(hash: number, text: string): number {
	let fed = hash
	for (let at = 0; at < text.length; at++) fed = Math.imul(fed ^ text.charCodeAt(at), 0x01000193)
	return fed
}

/** Without it, names that differ in their last letter would draw neighbouring numbers. (MurmurHash3's finaliser.) */
function scatter(hash: number): number {
	let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
	// 31 bits: V8 keeps what is larger apart from its object, and a round holds one for each pair.
	return (mixed ^ (mixed >>> 16)) >>> 1
}

/**
 * A lottery: what a name draws in it, 0 to 2³¹ − 1. It depends on the name, the round's seed and, for a lottery of one
 * woman's own, her id; on nothing else. Who else takes part changes nobody's number, so that one mentor more does not
 * shuffle the rest.
 */
export function lottery(seed: string, owner = ''): (name: string) => number {
	const start = feed(0x811c9dc5, `${seed}\n${owner}\n`)
	return (name) => scatter(feed(start, name))
}

/** Which of two ids comes first where even the lottery drew one number for both. */
export const byId = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
