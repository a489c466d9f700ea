/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
	const sorted = Float64Array.from(values).sort()
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** @param {number[]} values */
export const median = (values) => percentile(values, 0.5)

/** Monotonic, and the same in all processes of a machine. */
export const nowMs = () => Number(process.hrtime.bigint()) / 1e6

/** @param {number} value */
export function short(value) {
	if (!Number.isFinite(value)) return '–'
	if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
	return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}
