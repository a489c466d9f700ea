/** Fewer than these could be single women, to readers of one organisation and to all others (SAFETY P11). */
export const AT_LEAST = { organisation: 5, outside: 11 } as const

export interface Cell {
	key: string
	count: number
}

/** A table as it may be shown: cells by themselves, and the sum of all the others (null: they are all empty). */
export interface ShownCells {
	cells: Cell[]
	together: number | null
}

const byCount = (a: Cell, b: Cell) => a.count - b.count || (a.key < b.key ? -1 : 1)

/**
 * What may be shown of a table whose total is known and is `atLeast` or more. Small cells are counted together, with the
 * next larger one where they are too few or only one: so every number that is shown is of `atLeast` or more, the total
 * adds nothing, and a cell that is not shown may still be anything from nothing to that sum (docs/decisions/016).
 */
export function shownCells(table: readonly Cell[], atLeast: number): ShownCells {
	const rising = table.filter(({ count }) => count > 0).toSorted(byCount)
	const small = rising.filter(({ count }) => count < atLeast).length
	if (small === 0) return { cells: rising.toReversed(), together: null }
	const sumOf = (end: number) => rising.slice(0, end).reduce((sum, { count }) => sum + count, 0)
	let end = Math.max(small, 2)
	while (end < rising.length && sumOf(end) < atLeast) end += 1
	return { cells: rising.slice(end).toReversed(), together: sumOf(end) }
}
