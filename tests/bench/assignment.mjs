/**
 * The assignment of the least cost, each row to one column (Kuhn 1955, Munkres 1957; with potentials and shortest
 * paths as in Jonker & Volgenant 1987): exact, in rows² × columns. There must be at least as many columns as rows.
 * @param {number[][]} cost
 * @returns {number[]} the column of each row
 */
function cheapest(cost) {
	const [rows, columns] = [cost.length, cost[0]?.length ?? 0]
	const [rowPrice, columnPrice] = [new Float64Array(rows + 1), new Float64Array(columns + 1)]
	/** The row of each column, from 1; 0 is none. Column 0 holds the row that is being placed. */
	const rowOf = new Int32Array(columns + 1)
	for (let row = 1; row <= rows; row++) {
		const from = new Int32Array(columns + 1)
		const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY)
		const done = new Uint8Array(columns + 1)
		rowOf[0] = row
		let column = 0
		while (rowOf[column] !== 0) {
			done[column] = 1
			const current = rowOf[column]
			let [least, next] = [Number.POSITIVE_INFINITY, 0]
			for (let other = 1; other <= columns; other++) {
				if (done[other]) continue
				const reduced = cost[current - 1][other - 1] - rowPrice[current] - columnPrice[other]
				if (reduced < slack[other]) [slack[other], from[other]] = [reduced, column]
				if (slack[other] < least) [least, next] = [slack[other], other]
			}
			for (let other = 0; other <= columns; other++) {
				if (done[other]) {
					rowPrice[rowOf[other]] += least
					columnPrice[other] -= least
				} else slack[other] -= least
			}
			column = next
		}
		while (column !== 0) {
			rowOf[column] = rowOf[from[column]]
			column = from[column]
		}
	}
	const columnOf = new Array(rows).fill(-1)
	for (let column = 1; column <= columns; column++)
		if (rowOf[column]) columnOf[rowOf[column] - 1] = column - 1
	return columnOf
}

/**
 * The most that can be had in all: each woman at most one mentor of her list, each mentor at most her places. A place
 * is a column; a column of worth 0 for each woman stands for no mentor.
 * @param {{ mentorId: string, worth: number }[][]} lists one for each woman
 * @param {Map<string, number>} places of each mentor
 */
export function mostWorth(lists, places) {
	const columns = [...places].flatMap(([id, count]) => Array.from({ length: count }, () => id))
	const worth = lists.map((list) => {
		const byMentor = new Map(list.map(({ mentorId, worth }) => [mentorId, worth]))
		return [...columns.map((id) => byMentor.get(id) ?? 0), ...lists.map(() => 0)]
	})
	const chosen = cheapest(worth.map((row) => row.map((value) => -value)))
	const gained = chosen.map((column, row) => worth[row][column])
	return {
		total: gained.reduce((sum, value) => sum + value, 0),
		women: gained.filter((value) => value > 0).length,
	}
}
