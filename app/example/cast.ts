interface Player {
	handle: string
	speaks: string[]
	mentor: boolean
}

interface Part {
	letter: string
	languages: string[]
	mentor: boolean
}

/** Collects who speaks in a conversation, in which languages, and who of them must be a mentor. */
export function partsOf(lines: { by: string; lang: string }[], mentorLetter: string): Part[] {
	const parts = new Map<string, Set<string>>()
	for (const { by, lang } of lines) parts.set(by, (parts.get(by) ?? new Set()).add(lang))
	return [...parts].map(([letter, languages]) => ({
		letter,
		languages: [...languages],
		mentor: letter === mentorLetter,
	}))
}

/**
 * Gives every letter of a conversation a woman who speaks its languages, no one twice, those who have said least so
 * far first: always the same cast for the same texts. The parts with the fewest possible players are filled first.
 * Throws when a part cannot be filled (a fault of the texts, caught by a test).
 */
export function castParts(parts: Part[], players: Player[], said: Map<string, number>): Map<string, string> {
	const fits = ({ languages, mentor }: Part) =>
		players.filter(
			(player) => (!mentor || player.mentor) && languages.every((tag) => player.speaks.includes(tag)),
		)
	const cast = new Map<string, string>()
	const taken = new Set<string>()
	for (const part of [...parts].sort((a, b) => fits(a).length - fits(b).length)) {
		const free = fits(part).filter(({ handle }) => !taken.has(handle))
		const chosen = free.sort((a, b) => (said.get(a.handle) ?? 0) - (said.get(b.handle) ?? 0))[0]
		if (!chosen) throw new Error(`nobody speaks ${part.languages.join(', ')} for part ${part.letter}`)
		cast.set(part.letter, chosen.handle)
		taken.add(chosen.handle)
		said.set(chosen.handle, (said.get(chosen.handle) ?? 0) + 1)
	}
	return cast
}
