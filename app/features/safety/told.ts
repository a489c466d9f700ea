import type { SafetyFact } from './facts'

/** A part of a page that tells something; its title and texts are keys of the catalogue. */
export interface ToldPart {
	title: string
	facts: readonly SafetyFact[]
}
