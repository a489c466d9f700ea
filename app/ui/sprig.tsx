type Point = readonly [number, number]

const short = (value: number) => String(Math.round(value * 10) / 10)

/** A point on the quadratic curve a-b-c, and the direction of the curve there in radians. */
function along([a, b, c]: readonly [Point, Point, Point], t: number) {
	const mix = (i: 0 | 1) => (1 - t) ** 2 * a[i] + 2 * t * (1 - t) * b[i] + t ** 2 * c[i]
	const slope = (i: 0 | 1) => 2 * (1 - t) * (b[i] - a[i]) + 2 * t * (c[i] - b[i])
	return { x: mix(0), y: mix(1), angle: Math.atan2(slope(1), slope(0)) }
}

/** One feathery leaf: a rib along a curve and pairs of fine leaflets that are longest a third of the way up. */
function frond(curve: readonly [Point, Point, Point], pairs: number, reach: number): string {
	let path = `M${curve[0].join(' ')}Q${curve[1].join(' ')} ${curve[2].join(' ')}`
	for (let i = 0; i < pairs; i++) {
		const t = 0.16 + (0.84 * i) / (pairs - 1)
		const { x, y, angle } = along(curve, t)
		const length = reach * Math.sin(Math.PI * (0.22 + 0.7 * t)) ** 0.8
		for (const side of [-1, 1]) {
			const lean = angle + side * (1.05 - 0.35 * t)
			path += `M${short(x)} ${short(y)}l${short(length * Math.cos(lean))} ${short(length * Math.sin(lean))}`
		}
	}
	return path
}

const FRONDS = [
	frond(
		[
			[41, 84],
			[20, 78],
			[8, 50],
		],
		12,
		11,
	),
	frond(
		[
			[52, 72],
			[82, 82],
			[112, 74],
		],
		13,
		11,
	),
	frond(
		[
			[33, 95],
			[56, 104],
			[78, 103],
		],
		9,
		8,
	),
].join('')

/** Centre and radius of each blossom, and 1 for those behind, which are a little deeper in colour. */
const BLOSSOMS = [
	[57, 46, 6.5, 1],
	[70, 30, 6.5, 1],
	[83, 29, 6, 1],
	[68, 44, 6, 1],
	[76, 17, 5, 1],
	[59, 57, 7, 0],
	[46, 58, 6, 0],
	[50, 37, 6.5, 0],
	[74, 49, 6.5, 0],
	[63, 34, 7, 0],
	[81, 38, 6.5, 0],
	[74, 24, 6.5, 0],
	[90, 24, 5, 0],
	[60, 20, 5.5, 0],
	[84, 12, 4.5, 0],
	[97, 14, 3.5, 0],
	[95, 35, 4, 0],
	[39, 47, 4.5, 0],
	[70, 10, 3.5, 0],
] as const

/** The mark, large: a sprig of mimosa, drawn by us. For the front page and for places with nothing in them yet. */
export function Sprig({ className }: { className?: string }) {
	return (
		<svg className={className ? `sprig ${className}` : 'sprig'} viewBox="0 0 120 120" aria-hidden="true">
			<path className="frond" d={FRONDS} />
			<path className="stem" d="M20 116C34 92 56 70 66 48S82 22 92 14M55 66Q46 62 44 56M66 48Q76 46 82 38" />
			{BLOSSOMS.map(([x, y, radius, behind]) => (
				<circle key={`${x} ${y}`} className={behind ? 'behind' : undefined} cx={x} cy={y} r={radius} />
			))}
		</svg>
	)
}

const SMALL_FROND =
	frond(
		[
			[10, 23],
			[20, 25],
			[29, 20],
		],
		6,
		4.4,
	) +
	frond(
		[
			[9, 24],
			[3, 19],
			[4, 10],
		],
		5,
		4,
	)

/** The mark, small, for the top bar. */
export function Mark() {
	return (
		<svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
			<path className="frond" d={SMALL_FROND} />
			<path className="stem" d="M6 30C9 23 15 17 21 9" />
			<circle cx="15" cy="15" r="4" />
			<circle cx="22" cy="13" r="3.6" />
			<circle cx="17" cy="7" r="3.6" />
			<circle cx="24" cy="5.5" r="2.6" />
			<circle cx="10" cy="10.5" r="2.2" />
		</svg>
	)
}
