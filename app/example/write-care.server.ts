import type { Tx } from '~/db/client.server'
import { boundTranslators } from '~/db/schema/casework'
import { moderatorShifts, watchRules } from '~/db/schema/house-rules'
import { daysBefore } from './clock'
import type { ExampleSignIn } from './sign-ins.server'
import type { ExamplePeople } from './texts.server'
import type { ExampleIds } from './write-people.server'

const HOUR = 60
/** Who looks after the community when: by the place of a moderator in the list; 1 is Monday. */
const SHIFTS = [
	{ who: 0, weekdays: [1, 3, 5], from: 9 * HOUR, to: 13 * HOUR, languages: ['ar', 'fr', 'it', 'en'] },
	{ who: 1, weekdays: [1, 2, 4], from: 18 * HOUR, to: 22 * HOUR, languages: ['bg', 'ru', 'tr', 'en'] },
	{ who: 2, weekdays: [2, 4, 6], from: 10 * HOUR, to: 16 * HOUR, languages: ['ro', 'es', 'it', 'fr'] },
	{ who: 3, weekdays: [5, 7], from: 20 * HOUR, to: HOUR, languages: ['el', 'sq', 'en'] },
] as const

/** Harmless words: what is found by them is shown, not hurt. */
const RULES = [
	{ language: null, kind: 'word', text: 'western union', action: 'warn' },
	{ language: 'it', kind: 'word', text: 'guadagno facile', action: 'flag' },
	{ language: 'en', kind: 'pattern', text: 'easy (money|cash)', action: 'flag' },
] as const

const RULES_MADE_DAYS_AGO = 40

/** Writes what moderators work with: their week, the words they are told of, and who translates for them. */
export async function writeCare(
	tx: Tx,
	{ people, signIns, ids }: { people: ExamplePeople; signIns: ExampleSignIn[]; ids: ExampleIds },
) {
	const coordinator = ids.member(people.coordinators[0]!)
	await tx.insert(moderatorShifts).values(
		SHIFTS.flatMap(({ who, weekdays, from, to, languages }) =>
			weekdays.map((weekday) => ({
				...{ memberId: ids.member(people.moderators[who]!), weekday, fromMinute: from, toMinute: to },
				...{ languages: [...languages], madeBy: coordinator },
			})),
		),
	)
	const madeAt = daysBefore(ids.now, RULES_MADE_DAYS_AGO)
	await tx.insert(watchRules).values(RULES.map((rule) => ({ ...rule, madeBy: coordinator, madeAt })))
	const member = signIns.find(({ role }) => role === 'member')!
	await tx.insert(boundTranslators).values({
		...{ memberId: ids.member(member.handle), languages: ['ar', 'it'], namedBy: coordinator },
		...{ namedAt: madeAt, promisedAt: madeAt },
	})
}
