import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { posts, spaceMembers, topics } from '~/db/schema/forum'
import { drafts } from '~/db/schema/reading'
import { organisationMembers } from '~/db/schema/ties'
import { SPACE_ACCESS, type SpaceAccess } from '~/features/forum/forum.limits'
import { acceptInvitation, takeBackFromSpace } from '~/features/forum/space-people.server'
import { leaveOrganisation } from '~/features/members/organisations.server'
import type { Actor, Role } from '~/platform/actor'
import * as onNewTopic from '~/routes/forum/new-topic'
import * as onSpace from '~/routes/forum/space'
import * as onForum from '~/routes/forum/spaces'
import * as onTopic from '~/routes/forum/topic'
import * as onReport from '~/routes/moderation/report'
import { aSpace, aTopic, questionOf } from '../../factories/forum'
import { aMemberWithToken, anOrganisation } from '../../factories/members'
import { aModerator } from '../../factories/moderation'
import { type Answer, open, send } from '../../factories/requests'

/** One space with its question, by to whom it is open. */
interface Place {
	space: string
	topic: string
	post: string
}
type House = { places: Record<SpaceAccess, Place>; organisation: string; other: string; moderator: Actor }

/** A house with one space of every kind, each with a question in it. */
async function aHouse(): Promise<House> {
	const [organisation, other, moderator] = [
		await anOrganisation(),
		await anOrganisation(),
		await aModerator(),
	]
	const place = async (access: SpaceAccess): Promise<Place> => {
		const organisationId = access === 'organisation' ? organisation.id : null
		const space = await aSpace(`Space of ${access}`, { access, organisationId })
		const topic = await aTopic({ space, author: moderator, title: `Said in ${access}` })
		return { space: space.id, topic: topic.id, post: (await questionOf(topic)).id }
	}
	const places = Object.fromEntries(
		await Promise.all(SPACE_ACCESS.map(async (access) => [access, await place(access)])),
	) as House['places']
	return { places, organisation: organisation.id, other: other.id, moderator }
}

interface Person {
	/** Which spaces she may enter. */
	enters: readonly SpaceAccess[]
	/** Her session's token; none for a guest. */
	come(house: House): Promise<string | undefined>
}

const withRoles =
	(roles: (house: House) => { role: Role; organisationId?: string; spaceId?: string }[]) =>
	async (house: House) =>
		(await aMemberWithToken({ roles: roles(house) })).token

const ofOrganisation = (which: 'organisation' | 'other') => async (house: House) => {
	const { actor, token } = await aMemberWithToken()
	await db.insert(organisationMembers).values({ organisationId: house[which], memberId: actor.id })
	return token
}

/** Invited to every space there is: it counts only where the space is open to invited members. */
async function invited({ places, moderator }: House) {
	const { actor, token } = await aMemberWithToken()
	for (const { space } of Object.values(places))
		await db.insert(spaceMembers).values({ spaceId: space, memberId: actor.id, invitedBy: moderator.id })
	return { actor, token }
}

async function accepted(house: House) {
	const { actor, token } = await invited(house)
	await acceptInvitation(actor, { space: house.places.invited.space })
	return { actor, token }
}

const ALL = SPACE_ACCESS
const PEOPLE: Record<string, Person> = {
	guest: { enters: [], come: async () => undefined },
	member: { enters: ['everyone'], come: withRoles(() => []) },
	waiting: { enters: [], come: async () => (await aMemberWithToken({ status: 'waiting' })).token },
	suspended: { enters: [], come: async () => (await aMemberWithToken({ status: 'suspended' })).token },
	mentor: { enters: ['everyone'], come: withRoles(() => [{ role: 'mentor' }]) },
	'member of the organisation': {
		enters: ['everyone', 'organisation'],
		come: ofOrganisation('organisation'),
	},
	'member of another organisation': { enters: ['everyone'], come: ofOrganisation('other') },
	practitioner: {
		enters: ['everyone', 'organisation', 'practitioners'],
		come: withRoles(({ organisation }) => [{ role: 'practitioner', organisationId: organisation }]),
	},
	'practitioner elsewhere': {
		enters: ['everyone', 'practitioners'],
		come: withRoles(({ other }) => [{ role: 'practitioner', organisationId: other }]),
	},
	lead: {
		enters: ['everyone', 'organisation', 'practitioners'],
		come: withRoles(({ organisation }) => [{ role: 'lead', organisationId: organisation }]),
	},
	'moderator of the spaces': {
		enters: ALL,
		come: withRoles(({ places }) =>
			Object.values(places).map(({ space }) => ({ role: 'moderator', spaceId: space })),
		),
	},
	'moderator of one of them': {
		enters: ['everyone', 'practitioners'],
		come: withRoles(({ places }) => [{ role: 'moderator', spaceId: places.practitioners.space }]),
	},
	'moderator of another space': {
		enters: ['everyone'],
		come: async (house) => withRoles(() => [{ role: 'moderator', spaceId: crypto.randomUUID() }])(house),
	},
	'moderator of everything': { enters: ALL, come: withRoles(() => [{ role: 'moderator' }]) },
	coordinator: { enters: ['everyone'], come: withRoles(() => [{ role: 'coordinator' }]) },
	'invited, not yet accepted': { enters: ['everyone'], come: async (house) => (await invited(house)).token },
	'invited and accepted': {
		enters: ['everyone', 'invited'],
		come: async (house) => (await accepted(house)).token,
	},
	removed: {
		enters: ['everyone'],
		come: async (house) => {
			const { actor, token } = await accepted(house)
			await db.insert(organisationMembers).values({ organisationId: house.organisation, memberId: actor.id })
			await leaveOrganisation(actor, { organisation: house.organisation })
			await takeBackFromSpace(house.moderator, { space: house.places.invited.space, member: actor.id })
			return token
		},
	},
}

type Handler = (args: never) => unknown
type Knock = (place: Place, token: string | undefined) => Promise<Answer>

const look =
	(loader: Handler, path: (place: Place) => string, params: (place: Place) => object): Knock =>
	(place, token) =>
		open((args: LoaderFunctionArgs) => loader({ ...args, params: params(place) } as never), path(place), {
			token,
		})
const write =
	(
		action: Handler,
		path: (place: Place) => string,
		params: (place: Place) => object,
		form: () => object,
	): Knock =>
	(place, token) =>
		send(
			(args: ActionFunctionArgs) => action({ ...args, params: params(place) } as never),
			path(place),
			{ ...form() } as Record<string, string>,
			{ token },
		)

const ids = ({ space, topic }: Place) => ({ space, topic })
const words = () => ({ body: 'My words', language: 'en', key: crypto.randomUUID() })
const pathOf = {
	space: ({ space }: Place) => `/forum/${space}`,
	topic: ({ space, topic }: Place) => `/forum/${space}/${topic}`,
	new: ({ space }: Place) => `/forum/${space}/new`,
	report: ({ post }: Place) => `/report/post/${post}`,
}
const reported = ({ post }: Place) => ({ kind: 'post', id: post })

/** Every way to a space, and the status it answers with to whom it is open. */
const DOORS: Record<string, [Knock, number]> = {
	'space page': [look(onSpace.loader, pathOf.space, ids), 200],
	'topic page': [look(onTopic.loader, pathOf.topic, ids), 200],
	'page to ask on': [look(onNewTopic.loader, pathOf.new, ids), 200],
	asking: [write(onNewTopic.action, pathOf.new, ids, () => ({ ...words(), title: 'My title' })), 303],
	answering: [write(onTopic.action, pathOf.topic, ids, words), 303],
	'answering by another form than ours': [
		write(onTopic.action, pathOf.topic, ids, () => ({ body: 'My words', language: 'en' })),
		303,
	],
	following: [write(onSpace.action, pathOf.space, ids, () => ({ intent: 'follow' })), 303],
	'page to report on': [look(onReport.loader, pathOf.report, reported), 200],
	reporting: [write(onReport.action, pathOf.report, reported, () => ({ reason: 'rude', words: '' })), 303],
}

/** What was answered, byte for byte, with the ids of the address taken out. */
const bytes = ({ body, headers, to, ...answer }: Answer, place: Place) =>
	Object.values(place).reduce(
		(text, id) => text.replaceAll(id, 'id'),
		JSON.stringify({ ...answer, to: decodeURIComponent(to ?? ''), body, headers: [...headers] }),
	)

const aMissingPlace = (): Place => ({
	space: crypto.randomUUID(),
	topic: crypto.randomUUID(),
	post: crypto.randomUUID(),
})

test.each(Object.entries(PEOPLE))('%s: every door of every space', async (_who, { enters, come }) => {
	const house = await aHouse()
	const token = await come(house)
	const opened: string[] = []
	const counted = async () => [await db.$count(topics), await db.$count(posts), await db.$count(drafts)]
	for (const access of SPACE_ACCESS) {
		const place = house.places[access]
		for (const [door, [knock, status]] of Object.entries(DOORS)) {
			const before = await counted()
			const answer = await knock(place, token)
			if (enters.includes(access)) {
				expect([access, door, answer.status]).toEqual([access, door, status])
				opened.push(`${access}, ${door}`)
				continue
			}
			expect(JSON.stringify(answer.body)).not.toContain(`Said in ${access}`)
			expect(JSON.stringify(answer.body)).not.toContain(`Space of ${access}`)
			expect(await counted()).toEqual(before)
			const missing = aMissingPlace()
			expect(bytes(answer, place)).toBe(bytes(await knock(missing, token), missing))
		}
	}
	expect(opened).toHaveLength(enters.length * Object.keys(DOORS).length)
	const list = await look(
		onForum.loader,
		() => '/forum',
		() => ({}),
	)(house.places.everyone, token)
	const listed = ((list.body as { spaces?: { id: string }[] })?.spaces ?? []).map(({ id }) => id)
	expect(listed.toSorted()).toEqual(enters.map((access) => house.places[access].space).toSorted())
})

test('a question is found under its own space alone, and only by who may enter it', async () => {
	const { places } = await aHouse()
	const { token } = await aMemberWithToken()
	const [open, closed] = [places.everyone, places.practitioners]
	const knock = DOORS['topic page']![0]
	const through = { ...closed, space: open.space }
	const missing = aMissingPlace()
	expect(bytes(await knock(through, token), through)).toBe(bytes(await knock(missing, token), missing))
	// The door is asked each time: a space that closes is closed at once.
	expect((await knock(open, token)).status).toBe(200)
	await db.update(topics).set({ spaceId: closed.space }).where(eq(topics.id, open.topic))
	expect((await knock(open, token)).status).toBe(404)
})
