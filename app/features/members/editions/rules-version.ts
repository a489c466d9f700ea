/**
 * Which rules somebody agreed to, as it is kept with her account: the product's text and, where this community has added
 * points of its own, their edition (`2026-11+3`). After a space: a newer one that she has put off (`2026-11+3 2026-11+4`).
 */
export interface RulesVersion {
	product: string
	edition: number
}

export const writeVersion = ({ product, edition }: RulesVersion) =>
	edition > 0 ? `${product}+${edition}` : product

function readVersion(text: string): RulesVersion {
	const [product = '', edition = '0'] = text.split('+')
	return { product, edition: Number(edition) || 0 }
}

/** What is kept, taken apart. */
export function readKept(kept: string): { agreed: RulesVersion; putOff: RulesVersion | null } {
	const [agreed = '', putOff] = kept.split(' ')
	return { agreed: readVersion(agreed), putOff: putOff ? readVersion(putOff) : null }
}

/** Whether one is older than another in either part. Products are named by month, so that the later one sorts behind. */
export const isOlder = (one: RulesVersion, other: RulesVersion) =>
	one.product < other.product || one.edition < other.edition
