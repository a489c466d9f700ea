import type { Tx } from '~/db/client.server'
import { postThanks, postVersions, topicEvents, topics } from '~/db/schema/forum'
import { translationRequests, translations, translationThanks } from '~/db/schema/translation'
import { renderBody } from '~/features/forum/markdown.server'
import { dirOf } from '~/platform/i18n/languages'
import { directionOf } from '~/platform/text'
import type { ExamplePeople, ExampleTranslation } from './texts.server'
import { inPieces, type WrittenTopic } from './write-forum.server'
import type { ExampleIds } from './write-people.server'
import type { Player, WrittenSpace } from './write-spaces.server'

/** A translation made before the post was edited, and one made after it. */
const TRANSLATED_AFTER_HOURS = { outdated: 3, current: 26 }

export type TranslationRow = typeof translations.$inferInsert & {
	id: string
	authorId: string
	publishedAt: Date
}
export type WishRow = typeof translationRequests.$inferInsert & { at: Date }

/**
 * Writes what happened to questions and answers since: thanks, edits, translations and the wish for them, and what
 * moderators did.
 */
export async function writeForumLife(
	tx: Tx,
	written: WrittenTopic[],
	{ people, spaces, ids }: { people: ExamplePeople; spaces: Map<string, WrittenSpace>; ids: ExampleIds },
) {
	const life = { ids, pick: pickerOf(ids) }
	const made = written.flatMap((one) => translationsOf(one, life))
	const wishes = written.flatMap((one) => wishesOf(one, life))
	await inPieces(
		written.flatMap((one) => thanksOf(one, life)),
		(piece) => tx.insert(postThanks).values(piece),
	)
	await inPieces(written.flatMap(versionsOf), (piece) => tx.insert(postVersions).values(piece))
	await inPieces(
		made.map(({ row }) => row),
		(piece) => tx.insert(translations).values(piece),
	)
	await inPieces(
		made.flatMap(({ thankedBy }) => thankedBy),
		(piece) => tx.insert(translationThanks).values(piece),
	)
	await inPieces(wishes, (piece) => tx.insert(translationRequests).values(piece))
	const moderator = ids.member(people.moderators[0]!)
	const merged = written.flatMap((one) => mergedOf(one, moderator))
	await inPieces(
		merged.map(({ topic }) => topic),
		(piece) => tx.insert(topics).values(piece),
	)
	await inPieces(
		[
			...written.flatMap((one) => eventsOf(one, moderator, (key) => spaces.get(key)!.id)),
			...merged.map(({ event }) => event),
		],
		(piece) => tx.insert(topicEvents).values(piece),
	)
	return { translations: made.map(({ row }) => row), wishes }
}

type Pick = ReturnType<typeof pickerOf>
interface Life {
	ids: ExampleIds
	pick: Pick
}

/** Takes women from those who fit, each time beginning after the one before: always the same ones for the same texts. */
function pickerOf(ids: ExampleIds) {
	let turn = 0
	return (players: Player[], times: number, fits: (player: Player) => boolean) => {
		const fitting = players.filter(fits)
		if (fitting.length < times) throw new Error('the example asks for more women than there are')
		turn += times
		return Array.from({ length: times }, (_, at) => ids.member(fitting[(turn + at) % fitting.length]!.handle))
	}
}

function thanksOf({ text, posts, players, after }: WrittenTopic, { ids, pick }: Life) {
	return (text.thanks ?? []).flatMap(({ post, times }) => {
		const { id, authorId, createdAt, lang } = posts[post]!
		const fits = ({ handle, reads }: Player) => reads.includes(lang) && ids.member(handle) !== authorId
		return pick(players, times, fits).map((memberId, at) => ({
			postId: id,
			memberId,
			at: after(createdAt, 2 + at * 3),
		}))
	})
}

function versionsOf({ text, topic, posts }: WrittenTopic) {
	return (text.edited ?? []).map(({ post, title, body }) => {
		const { id, lang, editedAt } = posts[post]!
		const then = post === 0 ? (title ?? topic.title) : null
		return { postId: id, version: 1, title: then, body, lang, until: editedAt! }
	})
}

function translationsOf(one: WrittenTopic, { ids, pick }: Life) {
	return (one.text.translations ?? []).map((translation) => {
		const row = translationRow(one, translation, ids)
		const fits = ({ handle, reads }: Player) => {
			const id = ids.member(handle)
			return reads.includes(row.lang) && id !== row.authorId
		}
		const thankedBy = pick(one.players, row.thanks, fits).map((memberId) => ({
			translationId: row.id,
			memberId,
			at: one.after(row.publishedAt, 4),
		}))
		return { row, thankedBy }
	})
}

function translationRow(
	{ posts, players, after }: WrittenTopic,
	{ post, lang, title, body, by, thanks = 0, outdated, hoursAfter }: ExampleTranslation,
	ids: ExampleIds,
) {
	const { id: postId, createdAt, authorId, aliased, lang: from, meaningVersion = 1 } = posts[post]!
	const translator = players.find(({ handle }) => handle === by)
	if (!translator?.speaks.includes(lang) || ![...translator.reads, ...translator.speaks].includes(from))
		throw new Error(`a translation from ${from} to ${lang} by someone who cannot make it`)
	// Her handle beside what she asked without it would tell who she is.
	if (aliased && authorId === ids.member(by)) throw new Error('a translation of her own words under an alias')
	return {
		id: crypto.randomUUID(),
		postId,
		lang,
		dir: directionOf(body, dirOf(lang)),
		authorId: ids.member(by),
		key: crypto.randomUUID(),
		title: post === 0 ? title! : null,
		body,
		html: renderBody(body),
		ofVersion: outdated ? 1 : meaningVersion,
		thanks,
		publishedAt: after(createdAt, hoursAfter ?? TRANSLATED_AFTER_HOURS[outdated ? 'outdated' : 'current']),
	}
}

/** Wishes of women who read that language and not the one it is written in. */
function wishesOf({ text, posts, players, after }: WrittenTopic, { pick }: Life): WishRow[] {
	return (text.wished ?? []).flatMap(({ post, lang, times }) => {
		const { id, createdAt, lang: from } = posts[post]!
		const fits = ({ reads, speaks }: Player) =>
			reads.includes(lang) && !reads.includes(from) && !speaks.includes(from)
		return pick(players, times, fits).map((memberId, at) => ({
			postId: id,
			lang,
			memberId,
			at: after(createdAt, 6 + at * 5),
		}))
	})
}

function eventsOf({ text, topic, after }: WrittenTopic, actorId: string, spaceOf: (key: string) => string) {
	const event = { topicId: topic.id, actorId }
	return [
		...(text.moved
			? [
					{
						...event,
						kind: 'moved' as const,
						at: after(topic.createdAt, 3),
						fromSpaceId: spaceOf(text.moved),
					},
				]
			: []),
		...(topic.pinnedAt ? [{ ...event, kind: 'pinned' as const, at: topic.pinnedAt }] : []),
		...(topic.lockedAt ? [{ ...event, kind: 'locked' as const, at: topic.lockedAt }] : []),
	]
}

/** What is left of a topic that was merged into this one: an address that leads on, and a line in the other. */
function mergedOf({ text, topic, posts, after }: WrittenTopic, actorId: string) {
	if (!text.merged) return []
	const { title } = text.merged
	const { authorId, lang, dir, createdAt } = posts[text.merged.post]!
	const row: typeof topics.$inferInsert & { id: string } = {
		id: crypto.randomUUID(),
		spaceId: topic.spaceId,
		authorId,
		key: crypto.randomUUID(),
		title,
		lang,
		langs: [lang],
		dir,
		createdAt,
		lastPostAt: createdAt,
		postSeq: 1,
		visiblePosts: 0,
		mergedInto: topic.id,
	}
	const event = { topicId: topic.id, actorId, kind: 'merged' as const, at: after(createdAt, 1) }
	return [{ topic: row, event: { ...event, otherTopicId: row.id } }]
}
