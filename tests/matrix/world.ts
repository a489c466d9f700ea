import './unlimited'
import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, spaceMembers, topics } from '~/db/schema/forum'
import { organisationMembers } from '~/db/schema/ties'
import { markMigrated } from '~/platform/readiness.server'
import { aMessage, anOpenRoom } from '../factories/chat'
import { aCircle } from '../factories/circles'
import { anAnswer, aSpace, aTopic, questionOf } from '../factories/forum'
import { aPlannedSession, aSession } from '../factories/led'
import { aMember, anOrganisation } from '../factories/members'
import { aTranslation } from '../factories/translations'
import { type ActorName, makeActors } from './actors'
import { knock } from './door'
import { addCases } from './world-cases'
import { addMatches } from './world-matches'
import { addPeople } from './world-people'
import { addRecord } from './world-record'

export interface World {
	/** The ids that rows name in braces. */
	things: Record<string, string>
	tokenOf(name: ActorName): string | undefined
}

/** Words that stand in one place alone, and who may read there. */
export const SECRETS: Record<string, string> = {
	xylofon: 'WJUVCL',
	quokkala: 'UVCLD',
	brimborion: 'WJUV',
	zwetschge: 'WJ',
	fjordvik: 'WT',
	kumquat: 'WJUVCL',
	pamplemus: 'W',
	wyzwanie: 'WT',
	gulaschig: 'W',
}

export type Made = Awaited<ReturnType<typeof makeActors>>

/** Two organisations, and a space of each kind of door; "elsewhere" is open, and has a moderator of its own. */
async function makePlaces() {
	const [organisationA, organisationB] = [await anOrganisation('A'), await anOrganisation('B')]
	const spaces = {
		open: await aSpace('Open', { aliasAllowed: true }),
		elsewhere: await aSpace('Elsewhere'),
		ofA: await aSpace('Of A', { access: 'organisation', organisationId: organisationA.id }),
		ofStaff: await aSpace('Of staff', { access: 'practitioners' }),
		invited: await aSpace('Invited', { access: 'invited' }),
	}
	const ids = Object.entries(spaces).map(([name, { id }]) => [name, id])
	return {
		organisationA: organisationA.id,
		organisationB: organisationB.id,
		...(Object.fromEntries(ids) as Record<keyof typeof spaces, string>),
	}
}

type Places = Awaited<ReturnType<typeof makePlaces>>

/** A question in each space, and some that are not there for everybody. */
async function addForum({ W, J, M, C, U }: Made, places: Places) {
	const accepted = { spaceId: places.invited, acceptedAt: new Date() }
	await db.insert(spaceMembers).values([W, J].map(({ actor }) => ({ ...accepted, memberId: actor.id })))
	const closed = await aSpace('Asked into', { access: 'invited' })
	const invitation = crypto.randomUUID()
	await db.insert(spaceMembers).values({ spaceId: closed.id, memberId: J.actor.id, id: invitation })
	const ask = (space: string, author = W, more: Parameters<typeof aTopic>[0] = {}) =>
		aTopic({ space: { id: space }, author: author.actor, ...more })
	const topic = {
		question: await ask(places.open),
		ofElsewhere: await ask(places.elsewhere),
		questionOfA: await ask(places.ofA, W, { body: 'xylofon' }),
		questionOfStaff: await ask(places.ofStaff, C, { body: 'quokkala' }),
		questionInvited: await ask(places.invited, W, { body: 'brimborion' }),
		aliased: await ask(places.open, W, { alias: 'yes' }),
		hiddenTopic: await ask(places.open, W, { body: 'gulaschig' }),
		another: await ask(places.open, J),
	}
	await db.update(topics).set({ hiddenAt: new Date() }).where(eq(topics.id, topic.hiddenTopic.id))
	const blocker = await aMember({ handle: 'Blocks M' })
	const blockedTopic = await aTopic({ space: { id: places.open }, author: blocker })
	const answer = await anAnswer(topic.question, { author: J.actor })
	const hiddenAnswer = await anAnswer(topic.question, { author: J.actor })
	await db.update(posts).set({ hiddenAt: new Date() }).where(eq(posts.id, hiddenAnswer.id))
	const answerOfA = await anAnswer(topic.questionOfA, { author: J.actor })
	const asked = await questionOf(topic.question)
	const askedOfA = await questionOf(topic.questionOfA)
	const toItalian = { language: 'it', by: J.actor }
	const things = {
		...(Object.fromEntries(Object.entries(topic).map(([name, { id }]) => [name, id])) as Record<
			keyof typeof topic,
			string
		>),
		blockedTopic: blockedTopic.id,
		invitation,
		post: asked.id,
		answer: answer.id,
		hiddenAnswer: hiddenAnswer.id,
		postOfA: askedOfA.id,
		answerOfA: answerOfA.id,
		postInvited: (await questionOf(topic.questionInvited)).id,
		hiddenPost: (await questionOf(topic.hiddenTopic)).id,
		translation: (await aTranslation(asked, toItalian)).id,
		translationOfA: (await aTranslation(askedOfA, toItalian)).id,
	}
	return { things, block: [blocker.id, M.actor.id] as const, moderator: U }
}

/** Rooms of every kind: open, of an organisation's space, a circle, a planned and a running session. */
async function addRooms({ W, J, T }: Made, places: Places) {
	const room = await anOpenRoom()
	const roomOfA = await anOpenRoom({ spaceId: places.ofA })
	const circle = await aCircle(W.actor, [J.actor])
	const session = await aSession(T.actor, [W.actor, J.actor], { size: '30' })
	const planned = await aPlannedSession(T.actor)
	return {
		room,
		roomOfA,
		circle,
		session,
		planned,
		message: (await aMessage(W.actor, room)).id,
		messageOfA: (await aMessage(W.actor, roomOfA, 'kumquat')).id,
		messageInCircle: (await aMessage(W.actor, circle, 'zwetschge')).id,
		messageInSession: (await aMessage(W.actor, session)).id,
	}
}

/** One world for a whole file: what is there for whom is what the rows say. */
export async function makeWorld(): Promise<World & { made: Made }> {
	markMigrated()
	// All routes are loaded by the first one who asks.
	await knock('/help')
	const places = await makePlaces()
	const made = await makeActors(places)
	const forum = await addForum(made, places)
	const rooms = await addRooms(made, places)
	const matches = await addMatches(made, places)
	const cases = await addCases(made, { ...places, ...forum.things, ...rooms })
	const people = await addPeople(made, { ...places, block: forum.block })
	const record = await addRecord(made, { ...places, ...cases })
	const things = { ...places, ...forum.things, ...rooms, ...matches, ...cases, ...people, ...record }
	await db
		.insert(organisationMembers)
		.values({ organisationId: places.organisationB, memberId: made.K.actor.id })
	return {
		made,
		things,
		tokenOf: (name) => (name === 'G' ? undefined : made[name].token),
	}
}
