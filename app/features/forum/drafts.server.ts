import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '~/db/client.server'
import { drafts } from '~/db/schema/reading'
import { command } from '~/platform/command.server'
import { isLanguage } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'

/** Where she can write: the one draft of each place is what its form opens with. */
export const draftPlace = {
	question: (spaceId: string) => `space:${spaceId}`,
	answer: (topicId: string) => `topic:${topicId}`,
	edit: (postId: string) => `edit:${postId}`,
}

/** Whether this names a place she could write at. */
export function isPlace(place: string) {
	const [kind = '', id, lang, ...more] = place.split(':')
	if (!isUuid(id) || more.length > 0) return false
	return kind === 'translation' ? isLanguage(lang ?? '') : ['space', 'topic', 'edit'].includes(kind) && !lang
}

/** More than a post may hold: a text that is too long must not be lost before she has made it shorter. */
const DRAFT_BYTES = 240_000
const Text = z
	.string()
	.catch('')
	.refine((text) => Buffer.byteLength(text) <= DRAFT_BYTES, 'errors:tooLong')

const Draft = z.object({
	place: z.string('errors:notUnderstood').refine(isPlace, 'errors:notUnderstood'),
	title: Text,
	body: Text,
	language: z.string().refine(isLanguage).optional().catch(undefined),
	/** The form's own key: what was sent meanwhile is no draft any more. */
	key: z.uuid().optional().catch(undefined),
})

interface Kept {
	place: string
	title?: string
	body: string
	language?: string
}

/** Places at which one member has something begun; a longer list nobody has in mind. */
const DRAFTS_AT_MOST = 200

/** Without an end one account could fill the disk: what was begun longest ago gives way. */
const keepTheLatest = (tx: Tx, memberId: string) =>
	tx.execute(sql`delete from drafts where drafts.member_id = ${memberId}::uuid and drafts.place in (
		select d.place from drafts d where d.member_id = ${memberId}::uuid
		order by d.saved_at desc, d.place offset ${DRAFTS_AT_MOST})`)

/** Keeps what she has begun; the last save wins. Nothing but empty space removes the draft. */
export async function keepDraft(tx: Tx, memberId: string, { place, title = '', body, language: lang }: Kept) {
	if (!title.trim() && !body.trim()) return dropDraft(tx, memberId, place)
	const row = { title, body, lang }
	await tx
		.insert(drafts)
		.values({ memberId, place, ...row })
		.onConflictDoUpdate({
			target: [drafts.memberId, drafts.place],
			set: { title, body, lang: lang ?? null, savedAt: sql`now()` },
		})
	await keepTheLatest(tx, memberId)
}

/** Removes a draft: it was sent, or she does not want it. */
export async function dropDraft(tx: Tx, memberId: string, place: string) {
	await tx.delete(drafts).where(and(eq(drafts.memberId, memberId), eq(drafts.place, place)))
}

/** Whether the form that a late save belongs to was sent already. */
async function wasSent(tx: Tx, memberId: string, key: string | undefined) {
	if (!key) return false
	const [sent] = await tx.execute(
		sql`select 1 from posts where author_id = ${memberId}::uuid and key = ${key}::uuid
			union all select 1 from translations where author_id = ${memberId}::uuid and key = ${key}::uuid`,
	)
	return sent !== undefined
}

/** Saves a draft while she types, or when she says so. */
export const saveDraft = command({
	input: Draft,
	limit: 'forum.draft',
	async run({ actor, input, tx }) {
		if (!(await wasSent(tx, actor.id, input.key))) await keepDraft(tx, actor.id, input)
	},
})

/** Throws a draft away. */
export const discardDraft = command({
	input: Draft.pick({ place: true }),
	limit: 'forum.draft',
	run: ({ actor, input, tx }) => dropDraft(tx, actor.id, input.place),
})
