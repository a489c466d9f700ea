import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '~/platform/i18n/format'

const WIDTH = 100
const HEIGHT = 8

interface Bars {
	id: string
	label: ReactNode
	/** One for each of `series`. */
	values: number[]
}

interface BarChartProps {
	caption: string
	/** What the numbers count; a second one is drawn in another pattern, not only another colour. */
	series: string[]
	rows: Bars[]
}

/**
 * Numbers as bars, drawn by the server: a table that says them, each number with its bar beside it. The bars grow from
 * where the language begins to read, and are nothing to a screen reader, which has the numbers.
 */
export function BarChart({ caption, series, rows }: BarChartProps) {
	const { i18n } = useTranslation()
	const most = Math.max(1, ...rows.flatMap(({ values }) => values))
	return (
		<table className="bar-chart">
			<caption>{caption}</caption>
			<thead>
				<tr>
					<td />
					{series.map((name, which) => (
						<th key={name} scope="col" className={`bars-${which}`}>
							{name}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map(({ id, label, values }) => (
					<tr key={id}>
						<th scope="row">{label}</th>
						{values.map((value, which) => (
							<td key={series[which]} className={`bars-${which}`}>
								<span className="bar-number">{formatNumber(i18n.language, value)}</span>
								<svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
									<rect width={(WIDTH * value) / most} height={HEIGHT} rx="1" />
								</svg>
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	)
}
