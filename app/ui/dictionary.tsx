/** Hands an alive page its texts. JSON in a data block: it runs nothing, so the policy needs no exception for it. */
export function Dictionary({ texts }: { texts: Record<string, unknown> }) {
	const json = JSON.stringify(texts).replaceAll('<', '\\u003c')
	// biome-ignore lint/security/noDangerouslySetInnerHtml: catalogue texts of ours, with every "<" escaped
	return <script id="dictionary" type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
}
