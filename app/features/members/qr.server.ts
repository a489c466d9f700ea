import QRCode from 'qrcode'

/** A QR code as one SVG path in units of a module; `size` modules wide, without its quiet zone. */
export interface QrShape {
	size: number
	path: string
}

/** Draws a text (a link, the address of a second factor) as a QR code that survives a fold or a smudge (level M). */
export function qrShape(text: string): QrShape {
	const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
	const { size } = modules
	let path = ''
	for (let y = 0; y < size; y += 1) {
		for (let x = 0; x < size; x += 1) {
			let length = 0
			while (x + length < size && modules.get(y, x + length)) length += 1
			if (length > 0) path += `M${x} ${y}h${length}v1h-${length}z`
			x += length
		}
	}
	return { size, path }
}
