/** FNV-1a: small, even, and the same in every browser and on the server. */
function hash(text: string): number {
	let value = 0x811c9dc5
	for (let i = 0; i < text.length; i++) {
		value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
	}
	// FNV's low digits say little; mixing the high ones in makes near seeds look unlike.
	value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
	return (value ^ (value >>> 13)) >>> 0
}

const TINTS = 6

/** One leaf from the centre at `angle`: a curve out to the tip and another back, in whole numbers to stay short. */
function leaf(angle: number, length: number, width: number): string {
	const at = (along: number, aside: number) => {
		const x = Math.round(along * Math.cos(angle) - aside * Math.sin(angle))
		const y = Math.round(along * Math.sin(angle) + aside * Math.cos(angle))
		return y < 0 ? `${x}${y}` : `${x} ${y}`
	}
	return `Q${at(length / 2, width)} ${at(length, 0)}Q${at(length / 2, -width)} 0 0`
}

export type AvatarArt = { tint: number; path: string; dots: { radius: number; dash: string } }

/** Leaves around a centre and a ring of blossoms, in a square from -90 to 90; about 240 bytes of markup. */
export function avatarArt(seed: string): AvatarArt {
	const bits = hash(seed)
	const leaves = 3 + ((bits & 15) % 3)
	const turn = ((bits >>> 4) & 7) * (Math.PI / 16)
	const length = 46 + ((bits >>> 7) & 3) * 5
	const width = 17 + ((bits >>> 9) & 3) * 5
	const blossoms = leaves * (1 + ((bits >>> 11) & 1))
	const radius = ((bits >>> 12) & 1) === 0 ? 66 : 56
	let path = 'M0 0'
	for (let i = 0; i < leaves; i++) path += leaf(turn + (i * 2 * Math.PI) / leaves, length, width)
	const step = Math.round((20 * Math.PI * radius) / blossoms) / 10
	return { tint: (bits >>> 13) % TINTS, path, dots: { radius, dash: `0 ${step}` } }
}
