import { createContext, type ReactNode, useContext } from 'react'
import { KeepingContext } from './keeping'

/** What the browser loads to go on with a page, and the nonce that lets it. Known to the entry of the server alone. */
export interface LivingScript {
	nonce: string
	/** Addresses in the order they are needed; the last one begins. */
	modules: readonly string[]
	/** What the modules are made of: fetched at once, not one after the other. */
	parts: readonly string[]
}

export const LivingContext = createContext<LivingScript | undefined>(undefined)

interface LivingProps {
	/** What `children` was rendered from, so that the browser renders the same. */
	props: object
	/** The texts of the catalogue that it needs from now on. */
	texts: object
	/** How its language formats dates and numbers. */
	formats: object
	children: ReactNode
}

/**
 * The part of a page that goes on living in the browser (app/entry.client.tsx); around it the page is as still as all
 * others. Data and texts stand in a block of JSON: it runs nothing, so the policy needs no exception for it.
 */
export function Living({ props, texts, formats, children }: LivingProps) {
	const script = useContext(LivingContext)
	const kept = useContext(KeepingContext)?.kept
	const json = JSON.stringify({ texts, formats, props, kept }).replaceAll('<', '\\u003c')
	return (
		<>
			<div id="living">{children}</div>
			{/* biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of ours, with every "<" escaped */}
			<script id="living-data" type="application/json" dangerouslySetInnerHTML={{ __html: json }} />
			{script?.parts.map((address) => (
				<link key={address} rel="modulepreload" href={address} nonce={script.nonce} />
			))}
			{script?.modules.map((address) => (
				<script key={address} type="module" src={address} nonce={script.nonce} />
			))}
		</>
	)
}
