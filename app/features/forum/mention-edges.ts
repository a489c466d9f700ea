/** Scripts that put no space between words: there a name ends where it ends. */
const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const lastOf = (text: string) => [...text.slice(-2)].at(-1) ?? ''
const firstOf = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 32)

/** Whether an `@` after this text can begin a mention: not in an address or in the middle of a word. */
export function mayPrecedeMention(before: string): boolean {
	const last = lastOf(before)
	return UNSPACED.test(last) || !/[\p{L}\p{N}\p{M}/@._=?&#%-]/u.test(last)
}

/** Whether a name can end at this place of the text. */
export function endsName(text: string, at: number): boolean {
	if (at >= text.length) return true
	const next = firstOf(text, at)
	return (
		!/[\p{L}\p{N}\p{M}]/u.test(next) || (UNSPACED.test(lastOf(text.slice(0, at))) && !/\p{M}/u.test(next))
	)
}
