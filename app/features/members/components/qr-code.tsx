import type { QrShape } from '../qr.server'

/** White around the code on each side, in modules: readers need four. */
const QUIET = 4

/** A QR code, black on white in every theme: a phone reads nothing else as surely. */
export function QrCode({ qr, label }: { qr: QrShape; label: string }) {
	const side = qr.size + QUIET * 2
	return (
		<svg
			className="size-[12rem] max-w-full"
			viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
			shapeRendering="crispEdges"
			role="img"
			aria-label={label}
		>
			<rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
			<path d={qr.path} fill="#000" />
		</svg>
	)
}
