import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { roomMarks } from '~/db/schema/chat-marks'
import { mutedBy } from '~/features/members/mutes.server'
import type { Actor } from '~/platform/actor'
import { isLanguage, LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { zoneOf } from '~/platform/i18n/zones'
import { keyedHash } from '~/platform/secret.server'
import { isUuid } from '~/platform/text'
import { canWrite, silentIn } from './chat.policy'
import type { Message } from './chat.wire'
import { isCrowd } from './crowd.server'
import { readHeld } from './holding/held.server'
import type { Reader } from './marks.server'
import { readerIn, readMessages, readThese } from './messages.server'
import { readRoomHead } from './rooms.server'
import { readSigns } from './signs/signs.server'

/** How far back her last language in a room is looked for: what a busy room says in an hour or two. */
const LOOK_BACK = 200

interface Asked {
	locale: string
	/** Out of the address: a place in the room, the message she answers or says in another `language`. */
	before?: string | null
	reply?: string | null
	translate?: string | null
	language?: string | null
}

/** What the address of a room asks for. */
export const askedBy = (search: URLSearchParams) => ({
	before: search.get('before'),
	reply: search.get('reply'),
	translate: search.get('translate'),
	language: search.get('language'),
})

/** How far she had read when she was last here; null where she never was. */
async function readMark(roomId: string, memberId: string) {
	const [mark] = await db
		.select({ seq: roomMarks.seq })
		.from(roomMarks)
		.where(and(eq(roomMarks.roomId, roomId), eq(roomMarks.memberId, memberId)))
	return mark?.seq ?? null
}

async function lastLanguage(roomId: string, memberId: string) {
	const [said] = await db.execute<{ lang: string }>(sql`
		select lang from (
			select lang, author_id, seq from messages where room_id = ${roomId} order by seq desc limit ${LOOK_BACK}) recent
		where author_id = ${memberId} and lang is not null order by seq desc limit 1`)
	return said?.lang
}

/** What she writes in, if she says nothing else: the language of the page if it is hers, else the first she speaks. */
function ownLanguage({ speaks }: Pick<Actor, 'speaks'>, locale: string) {
	const [first = locale] = speaks
	return speaks.includes(locale) ? locale : first
}

/** Which language she would like to read. */
const readLanguage = ({ reads }: Pick<Actor, 'reads'>, locale: string) =>
	reads.length === 0 || reads.includes(locale) ? locale : reads[0]!

/** The messages that these answer or translate and that are not among them. */
function pointedTo(messages: readonly Message[], more: readonly (string | null | undefined)[]) {
	const ids = [...messages.flatMap(({ replyTo, translationOf }) => [replyTo, translationOf]), ...more]
	const here = new Set(messages.map(({ id }) => id))
	return [...new Set(ids)].filter((id): id is string => isUuid(id ?? undefined) && !here.has(id!))
}

/** What she answers or says in another language, as the address says; nothing where it is not there for her. */
function answering(messages: readonly Message[], { reply, translate, language }: Asked) {
	const target = messages.find(({ id }) => id === (translate ?? reply))
	if (!target) return null
	if (!translate) return { id: target.id }
	return isLanguage(language ?? '') ? { id: target.id, language: language! } : null
}

/** What the talk of a room needs beside its messages. */
async function readTalk(
	actor: Actor,
	room: { id: string; kind: 'open' | 'private' | 'session' | 'circle'; languages: string[] },
	messages: readonly Message[],
	reader: Reader,
	asked: Asked,
) {
	const pointed = pointedTo(messages, [asked.reply, asked.translate])
	const [readTo, language, crowd, found] = await Promise.all([
		readMark(room.id, actor.id),
		lastLanguage(room.id, actor.id),
		isCrowd(db, room),
		readThese(room.id, pointed, reader),
	])
	const own = ownLanguage(actor, asked.locale)
	const near = [language ?? own, ...actor.speaks, ...actor.reads, asked.locale, ...room.languages]
	return {
		readTo,
		crowd,
		asides: Object.fromEntries(pointed.map((id) => [id, found.find((one) => one.id === id) ?? null])),
		language: language ?? own,
		languages: [...new Set([...near, ...LANGUAGE_TAGS])].filter(isLanguage),
		zone: zoneOf(actor.hostCountry),
		answering: answering([...messages, ...found], asked),
	}
}

/**
 * Everything a room's page shows. Throws `not-found`. The room is read before its messages: its count, from which
 * the page goes on, then never runs ahead of them.
 */
export async function readRoomPage(actor: Actor, id: string | undefined, asked: Asked) {
	const room = await readRoomHead(actor, id, asked.locale)
	const reader = readerIn(actor, room)
	const page = await readMessages(room.id, asked.before ?? null, reader)
	return {
		room,
		...page,
		me: {
			id: actor.id,
			handle: actor.handle,
			speaks: actor.speaks,
			reads: actor.reads,
			wants: readLanguage(actor, asked.locale),
			// What two say to each other, or a mentor and her mentee, is not folded away.
			muted: room.kind === 'private' ? [] : await mutedBy(db, actor.id),
		},
		tabKey: keyedHash('tab', actor.sessionId),
		talk: await readTalk(actor, room, page.messages, reader, asked),
		held: await readHeld(db, actor, room),
		signs: room.kind === 'private' ? await readSigns(actor, room.id) : null,
		mayWrite: canWrite(actor, room),
		silence: silentIn(actor, room),
		formKey: randomUUID(),
	}
}
