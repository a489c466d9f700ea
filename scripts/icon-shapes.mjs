/**
 * Writes app/ui/icon-shapes.ts: each icon of app/ui/icons.ts as one path, out of lucide-static.
 * Run it after changing the list: node scripts/icon-shapes.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'

const NUMBER = String.raw`-?(?:\d+\.?\d*|\.\d+)`
const START = new RegExp(`^m\\s*(${NUMBER})[\\s,]*(${NUMBER})\\s*(.*)$`, 's')

/** A path that begins with a relative move is only right when it stands alone; this one may follow another. */
function standing(d) {
	const [, x, y, rest] = START.exec(d) ?? []
	if (x === undefined) return d
	return `M${x} ${y}${/^[-\d.]/.test(rest) ? `l${rest}` : rest}`
}

const ellipse = (cx, cy, rx, ry) =>
	`M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`

function rectangle({ x = 0, y = 0, width, height, rx, ry }) {
	const r = Number(rx ?? ry ?? 0)
	const [across, down] = [width - 2 * r, height - 2 * r]
	const corner = (dx, dy) => (r ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : '')
	return `M${Number(x) + r} ${y}h${across}${corner(r, r)}v${down}${corner(-r, r)}h${-across}${corner(-r, -r)}v${-down}${corner(r, -r)}z`
}

const SHAPES = {
	path: ({ d }) => standing(d),
	circle: ({ cx, cy, r }) => ellipse(cx, cy, r, r),
	ellipse: ({ cx, cy, rx, ry }) => ellipse(cx, cy, rx, ry),
	line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
	polyline: ({ points }) => `M${points}`,
	polygon: ({ points }) => `M${points}z`,
	rect: rectangle,
}

const names = [...readFileSync('app/ui/icons.ts', 'utf8').matchAll(/^\t'([\w-]+)',$/gm)]
	.map(([, name]) => name)
	.sort()

function shapeOf(name) {
	const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8')
	return [...svg.slice(svg.indexOf('<svg')).matchAll(/<(\w+)\s+([^>]*?)\/>/g)]
		.map(([, tag, attributes]) => {
			const all = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [
				key,
				/^-?[\d.]+$/.test(value) ? Number(value) : value,
			])
			return SHAPES[tag](Object.fromEntries(all))
		})
		.join('')
}

writeFileSync(
	'app/ui/icon-shapes.ts',
	`import type { IconName } from './icons'

/** Icons by Lucide (ISC licence), each as one path in a square of 24. Made by scripts/icon-shapes.mjs. */
export const ICON_SHAPES: Record<IconName, string> = {
${names.map((name) => `\t${/^\w+$/.test(name) ? name : `'${name}'`}: '${shapeOf(name)}',`).join('\n')}
}
`,
)
