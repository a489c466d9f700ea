import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { boundTranslators } from '~/db/schema/casework'
import { grants } from '~/db/schema/members'
import { actorOfToken } from '~/features/members/session.server'
import { aMemberWithToken } from '../factories/members'
import { belongTo } from '../factories/rounds'

/**
 * Who knocks: one column of the matrix each. The staff map of DESIGN 10, and the relations of a member to what she
 * knocks for: hers (W), shared with her (J, T), another organisation's (D), none (M, K, E).
 */
export const ACTORS = {
	G: 'a guest, not signed in',
	P: 'a woman who waits for approval',
	X: 'a suspended woman, who was moderator and coordinator, and about whom a decision fell',
	M: 'a member with no tie to anything here; somebody has blocked her',
	W: 'the woman whose things they are: asked, wrote, opened the circle, is the mentee; of organisation A',
	J: 'a member who is with her: in the circle, invited and come in, of organisation A; she reported',
	T: 'her mentor, who hosts the sessions',
	K: 'a mentor of somebody else',
	F: 'a moderator of the space "open"',
	E: 'a moderator of another space, "elsewhere"',
	U: 'a moderator of every space and language',
	V: 'a moderator of every space, for Greek alone',
	C: 'a practitioner of organisation A',
	L: 'the lead of organisation A',
	D: 'a practitioner of organisation B',
	A: 'a coordinator',
	B: 'a member bound to secrecy, who translates for moderators',
} as const

export type ActorName = keyof typeof ACTORS

export const ACTOR_NAMES = Object.keys(ACTORS) as ActorName[]

type Someone = Awaited<ReturnType<typeof aMemberWithToken>>

interface Places {
	organisationA: string
	organisationB: string
	open: string
	elsewhere: string
}

const LANGUAGES = { speaks: ['en', 'it'], reads: ['en', 'it'] }

const everyone = ({ organisationA, organisationB, open, elsewhere }: Places) => ({
	P: { status: 'waiting' },
	X: { status: 'suspended', roles: [{ role: 'moderator' }, { role: 'coordinator' }] },
	M: {},
	W: {},
	J: {},
	T: { roles: [{ role: 'mentor' }] },
	K: { roles: [{ role: 'mentor' }] },
	F: { roles: [{ role: 'moderator', spaceId: open }] },
	E: { roles: [{ role: 'moderator', spaceId: elsewhere }] },
	U: { roles: [{ role: 'moderator' }] },
	V: { roles: [{ role: 'moderator' }] },
	C: { roles: [{ role: 'practitioner', organisationId: organisationA }] },
	L: { roles: [{ role: 'lead', organisationId: organisationA }] },
	D: { roles: [{ role: 'practitioner', organisationId: organisationB }] },
	A: { roles: [{ role: 'coordinator' }] },
	B: {},
})

/** All of them, with a session each. */
export async function makeActors(places: Places) {
	const made = {} as Record<Exclude<ActorName, 'G'>, Someone>
	for (const [name, fields] of Object.entries(everyone(places))) {
		made[name as keyof typeof made] = await aMemberWithToken({
			handle: `${name} of the matrix`,
			...LANGUAGES,
			...(fields as object),
		})
	}
	await db
		.update(grants)
		.set({ languages: ['el'] })
		.where(eq(grants.memberId, made.V.actor.id))
	for (const name of ['W', 'J'] as const) await belongTo(made[name].actor, places.organisationA)
	await db.insert(boundTranslators).values({
		memberId: made.B.actor.id,
		languages: ['en', 'it'],
		namedBy: made.A.actor.id,
		promisedAt: new Date(),
	})
	// As they are now, with the ties they were given after they came.
	for (const one of Object.values(made)) one.actor = (await actorOfToken(one.token))!
	return made
}
