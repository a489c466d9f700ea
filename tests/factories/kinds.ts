import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { spaceMembers } from '~/db/schema/forum'
import { reports } from '~/db/schema/moderation'
import { openRoom } from '~/features/chat/open/opening.server'
import { inviteToSpace } from '~/features/forum/space-people.server'
import { openCase } from '~/features/moderation/reports.server'
import { subjectOf } from '~/features/moderation/subjects.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aMessage, anOpenRoom, aPrivateRoom } from './chat'
import { aCircle } from './circles'
import { aSpace } from './forum'
import { aHost, aPlannedSession } from './led'
import { aMatchAs, aMatchRow } from './matches'
import { aMember } from './members'
import { aMentor } from './mentoring'
import { aModerator, aPost } from './moderation'
import { aQuestion, aTranslation } from './translations'

interface Made {
	kind: string
	id: string
	author: Actor
}

const inAMatch = async () => [await aMember(), await aMentor()] as const

/** One of everything that can be reported, by its name in a table of tests. */
export const KINDS = {
	async question(): Promise<Made> {
		const { id, author } = await aPost({ body: 'Rude words' })
		return { kind: 'post', id, author }
	},
	async translation() {
		const { post } = await aQuestion()
		const { id, author } = await aTranslation(post)
		return { kind: 'translation', id, author }
	},
	async 'message of an open room'() {
		const author = await aMember()
		return { kind: 'message', id: (await aMessage(author, await anOpenRoom(), 'Rude words')).id, author }
	},
	async 'message of two'() {
		const author = await aMember()
		const room = await aPrivateRoom(author, await aMember())
		return { kind: 'message', id: (await aMessage(author, room, 'Rude words')).id, author }
	},
	async 'open room'() {
		const author = await aMember({ roles: [{ role: 'coordinator' }] })
		const id = crypto.randomUUID()
		const names = { 'name-en': 'Rude words', 'about-en': 'More of them' }
		await openRoom(author, { key: id, space: '', languages: ['en'], keepDays: '0', ...names })
		return { kind: 'open-room', id, author }
	},
	async 'talk with a host'() {
		const author = await aHost()
		return { kind: 'room', id: await aPlannedSession(author), author }
	},
	async 'invitation to a space'() {
		const [space, author] = [await aSpace('Rude words', { access: 'invited' }), await aModerator()]
		const { handle } = await aMember()
		await inviteToSpace(author, { space: space.id, handle })
		const [made] = await db
			.select({ id: spaceMembers.id })
			.from(spaceMembers)
			.where(eq(spaceMembers.spaceId, space.id))
		return { kind: 'space-invitation', id: made!.id, author }
	},
	async circle() {
		const author = await aMember()
		return { kind: 'circle', id: await aCircle(author, [await aMember()]), author }
	},
	async 'request to a mentor'() {
		const [author, mentor] = await inAMatch()
		return { kind: 'match', id: await aMatchRow(author, mentor, { status: 'asked' }), author }
	},
	async 'offer of a mentor'() {
		const author = await aMentor({ words: 'Rude words' })
		return { kind: 'offer', id: author.id, author }
	},
	async account() {
		const author = await aMember()
		return { kind: 'member', id: author.id, author }
	},
	async 'conduct of a mentor'() {
		const [mentee, author] = await inAMatch()
		return { kind: 'mentor-conduct', id: await aMatchAs('accepted', mentee, author), author }
	},
	async 'conduct of a mentee'() {
		const [author, mentor] = await inAMatch()
		return { kind: 'mentee-conduct', id: await aMatchAs('accepted', author, mentor), author }
	},
} satisfies Record<string, () => Promise<Made>>

export type KindName = keyof typeof KINDS

/** A case about one of these, with a reporter. */
export async function aCaseAbout(name: KindName) {
	const { kind, id, author }: Made = await KINDS[name]()
	const reporter = await aMember()
	const reported = await subjectOf(subjects, kind).find(db, id)
	const caseId = await openCase(db, { subjectKind: kind, reported: reported!, reason: 'rude' })
	await db.insert(reports).values({ caseId, reporterId: reporter.id, reason: 'rude' })
	return { kind, id, author, reporter, caseId }
}

/** Everything a decision about it could have changed, but for what counts changes and what only grows. */
export async function stateOf({ id, author }: { id: string; author: { id: string } }) {
	const [row] = await db.execute<{ state: unknown }>(sql`
		select jsonb_build_object(
			'posts', (select jsonb_agg(to_jsonb(p)) from posts p where p.id = ${id}),
			'topics', (select jsonb_agg(to_jsonb(t)) from topics t join posts p on p.topic_id = t.id where p.id = ${id}),
			'translations', (select jsonb_agg(to_jsonb(r)) from translations r where r.id = ${id}),
			'messages', (select jsonb_agg(to_jsonb(m) - 'changed_seq') from messages m where m.id = ${id}),
			'rooms', (select jsonb_agg(to_jsonb(r) - 'seq') from rooms r where r.id = ${id}),
			'sessions', (select jsonb_agg(to_jsonb(s)) from room_sessions s where s.room_id = ${id}),
			'invitations', (select jsonb_agg(to_jsonb(i)) from space_members i where i.id = ${id}),
			'seats', (select jsonb_agg(to_jsonb(s) order by s.member_id) from room_members s where s.room_id = ${id}),
			'matches', (select jsonb_agg(to_jsonb(m)) from matches m where m.id = ${id}),
			'offers', (select jsonb_agg(to_jsonb(o)) from mentor_offers o where o.member_id = ${id}),
			'status', (select m.status from members m where m.id = ${author.id}),
			'blocks', (select jsonb_agg(to_jsonb(b)) from blocks b where ${author.id} in (b.blocker_id, b.blocked_id)),
			'holds', (select jsonb_agg(r.kind) from restrictions r where r.member_id = ${author.id} and r.ended_at is null)
		) as state`)
	return row!.state
}
