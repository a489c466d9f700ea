/** Lines that stay, around those that change: `patch` finds the place by them. */
const CONTEXT = 3

interface Run {
	from: number
	/** The line after its last. */
	to: number
}

/** The changed lines with what is around them; runs that touch are one. */
function runsOf(before: readonly string[], after: readonly string[]): Run[] {
	const runs: Run[] = []
	for (const [line, text] of before.entries()) {
		if (text === after[line]) continue
		const run = { from: Math.max(0, line - CONTEXT), to: Math.min(before.length, line + CONTEXT + 1) }
		const last = runs.at(-1)
		if (last && run.from <= last.to) last.to = run.to
		else runs.push(run)
	}
	return runs
}

/** The changed lines of a run first as they are, then as they will be; those that stay between them. */
function* linesOf(before: readonly string[], after: readonly string[], { from, to }: Run) {
	let added: string[] = []
	for (let line = from; line < to; line += 1) {
		if (before[line] !== after[line]) {
			yield `-${before[line]}`
			added.push(`+${after[line]}`)
			continue
		}
		yield* added
		added = []
		yield ` ${before[line]}`
	}
	yield* added
}

/**
 * A unified diff of a file in which lines change and none comes or goes, as `git apply` and `patch -p1` read it. Both texts
 * end with a line end.
 */
export function lineDiff(path: string, before: string, after: string): string {
	const [old, changed] = [before, after].map((text) => text.trimEnd().split('\n')) as [string[], string[]]
	const hunks = runsOf(old, changed).flatMap((run) => {
		const place = `${run.from + 1},${run.to - run.from}`
		return [`@@ -${place} +${place} @@`, ...linesOf(old, changed, run)]
	})
	return [`diff --git a/${path} b/${path}`, `--- a/${path}`, `+++ b/${path}`, ...hunks, ''].join('\n')
}
