import type { Tx } from '~/db/client.server'
import { spacesWorded } from '~/features/forum/space-worded.server'
import { organisationsWorded } from '~/features/members/wording/organisations-worded.server'
import { setStates } from '~/features/members/wording/states.server'
import type { ExamplePeople } from './texts.server'
import type { ExampleIds } from './write-people.server'
import type { WrittenSpace } from './write-spaces.server'

/** Languages in which somebody has looked over every text; what else there is was only drafted. */
const DONE_IN = ['it', 'es']
/** A space that had another name when it was last translated, and into which languages. */
const RENAMED = { key: 'papers', before: 'Papers', in: ['es', 'el'] }

/** How far the example's own texts are in each language: some done, some outdated, the others drafted or missing. */
export async function writeWording(
	tx: Tx,
	people: ExamplePeople,
	spaces: ReadonlyMap<string, WrittenSpace>,
	{ member, organisation }: ExampleIds,
) {
	const by = member(people.coordinators[0]!)
	const done = { state: 'done' } as const
	await setStates(
		tx,
		spacesWorded.kind,
		by,
		people.spaces.flatMap(({ key, names, descriptions }) => {
			const item = spaces.get(key)!.id
			const renamed = key === RENAMED.key ? RENAMED.in : []
			return [...new Set([...DONE_IN, ...renamed])].flatMap((locale) => [
				{
					...{ item, locale, field: 'name' as const, ...done },
					source: renamed.includes(locale) ? RENAMED.before : names.en,
				},
				{ item, locale, field: 'description' as const, ...done, source: descriptions.en },
			])
		}),
	)
	await setStates(
		tx,
		organisationsWorded.kind,
		by,
		people.organisations.flatMap(({ key, abouts }) =>
			DONE_IN.filter((locale) => abouts?.[locale]).map((locale) => ({
				...{ item: organisation(key), locale, field: 'about' as const, ...done },
				source: abouts!.en!,
			})),
		),
	)
}
