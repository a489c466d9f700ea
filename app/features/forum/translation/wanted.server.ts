import { and, asc, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { posts, spaces, type Translated, topics } from '~/db/schema/forum'
import { translationClaims, translationRequests } from '~/db/schema/translation'
import { excerptOf } from '~/features/moderation/excerpt'
import type { Actor } from '~/platform/actor'
import { isLanguage } from '~/platform/i18n/languages'
import { isUuid, pgArray } from '~/platform/text'
import { foldOf, isPlain } from '../folding.server'
import { plainText } from '../markdown.server'
import { saidTo } from '../spaces.server'
import { readable } from './access.server'
import { CLAIMS_AT_MOST, stillHolds } from './claims.server'

const WANTED_A_PAGE = 20
/** Enough of a post for an excerpt of it. */
const EXCERPT_SOURCE = 1_200

/** What is behind a content note stays there: the page itself opens it. */
const source = sql<string>`case when ${isPlain()} then left(${posts.body}, ${EXCERPT_SOURCE}) else '' end`

const shown = {
	postId: posts.id,
	title: topics.title,
	titleLang: topics.lang,
	titleDir: topics.dir,
	spaceNames: spaces.names,
	source,
	note: foldOf(),
	postLang: posts.lang,
	postDir: posts.dir,
}

function present<Row extends { source: string; spaceNames: Translated }>(
	row: Row,
	actor: Actor,
	locale: string,
) {
	const { source: body, spaceNames, ...rest } = row
	return { ...rest, excerpt: excerptOf(plainText(body)), space: saidTo(actor, locale, spaceNames) }
}

/** Who wished for what, in the languages she speaks; the time to the millisecond, as an address carries it. */
const wishesIn = (actor: Actor) =>
	db
		.select({
			postId: translationRequests.postId,
			lang: translationRequests.lang,
			wishes: sql<number>`count(*)::int`.as('wishes'),
			since: sql<Date>`date_trunc('milliseconds', min(${translationRequests.at}))`
				.mapWith(translationRequests.at)
				.as('since'),
		})
		.from(translationRequests)
		.where(
			and(
				inArray(translationRequests.lang, actor.speaks),
				sql`${translationRequests.memberId} <> all(${pgArray(actor.blocked)}::uuid[])`,
			),
		)
		.groupBy(translationRequests.postId, translationRequests.lang)
		.as('counted')

interface Cursor {
	wishes: number
	since: Date
	postId: string
	lang: string
}

const cursorOf = ({ wishes, since, postId, lang }: Cursor) =>
	[wishes, since.getTime(), postId, lang].join('_')

function readCursor(text: string | null): Cursor | undefined {
	const [wishes = '', time = '', postId, lang = ''] = (text ?? '').split('_')
	if (!/^\d{1,9}$/.test(wishes) || !/^\d{1,14}$/.test(time) || !isUuid(postId) || !isLanguage(lang)) return
	return { wishes: Number(wishes), since: new Date(Number(time)), postId, lang }
}

/**
 * The post of a wish, if she may read and translate it. Looked up for one wish after the other (`limit 1`): with a join
 * the database would rather read all posts than those of the few wishes a page shows.
 */
const postOf = (actor: Actor, known: string[], counted: ReturnType<typeof wishesIn>) =>
	db
		.select({
			title: sql<string>`${topics.title}`.as('topic_title'),
			titleLang: sql<string>`${topics.lang}`.as('topic_lang'),
			titleDir: sql<'ltr' | 'rtl'>`${topics.dir}`.as('topic_dir'),
			spaceNames: sql<Translated>`${spaces.names}`.as('space_names'),
			source: source.as('source'),
			note: foldOf().as('note'),
			postLang: sql<string>`${posts.lang}`.as('post_lang'),
			postDir: sql<'ltr' | 'rtl'>`${posts.dir}`.as('post_dir'),
		})
		.from(posts)
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(
			and(
				eq(posts.id, counted.postId),
				inArray(posts.lang, known),
				ne(posts.lang, counted.lang),
				// Under an alias she would be translating herself, with her handle beside it.
				or(eq(posts.aliased, false), sql`${posts.authorId} is distinct from ${actor.id}::uuid`),
				sql`not exists (select 1 from translation_claims where translation_claims.post_id = ${counted.postId}
					and translation_claims.lang = ${counted.lang} and ${stillHolds})`,
				readable(actor),
			),
		)
		.limit(1)
		.as('post')

/** The languages she can translate from; without a second one of hers there is nothing to translate. */
function knownTo(actor: Actor): string[] {
	const known = [...new Set([...actor.reads, ...actor.speaks])]
	return actor.speaks.length > 0 && known.length > 1 ? known : []
}

/** How many translations are wanted that she could write, as far as `atMost`; one query, or none. */
export async function countWanted(actor: Actor, atMost: number): Promise<number> {
	const known = knownTo(actor)
	if (known.length === 0) return 0
	const counted = wishesIn(actor)
	const rows = await db
		.select({ postId: counted.postId })
		.from(counted)
		.innerJoinLateral(postOf(actor, known, counted), sql`true`)
		.limit(atMost)
	return rows.length
}

/** What others want to read and she can translate: most wished for first, then the oldest wish. */
async function listWanted(actor: Actor, locale: string, after: Cursor | undefined) {
	const known = knownTo(actor)
	if (known.length === 0) return []
	const counted = wishesIn(actor)
	const from = after
		? sql`(-${counted.wishes}, ${counted.since}, ${counted.postId}, ${counted.lang})
			> (${-after.wishes}::int, ${after.since.toISOString()}::timestamptz, ${after.postId}::uuid, ${after.lang}::text)`
		: undefined
	const post = postOf(actor, known, counted)
	const rows = await db
		.select({
			postId: counted.postId,
			lang: counted.lang,
			wishes: counted.wishes,
			since: counted.since,
			title: post.title,
			titleLang: post.titleLang,
			titleDir: post.titleDir,
			spaceNames: post.spaceNames,
			source: post.source,
			note: post.note,
			postLang: post.postLang,
			postDir: post.postDir,
		})
		.from(counted)
		.innerJoinLateral(post, sql`true`)
		.where(from)
		.orderBy(desc(counted.wishes), asc(counted.since), asc(counted.postId), asc(counted.lang))
		.limit(WANTED_A_PAGE + 1)
	return rows.map((row) => present(row, actor, locale))
}

/** What she has taken on and not published yet. */
async function listHers(actor: Actor, locale: string) {
	const rows = await db
		.select({ ...shown, lang: translationClaims.lang, since: translationClaims.claimedAt })
		.from(translationClaims)
		.innerJoin(posts, eq(posts.id, translationClaims.postId))
		.innerJoin(topics, eq(topics.id, posts.topicId))
		.innerJoin(spaces, eq(spaces.id, topics.spaceId))
		.where(and(eq(translationClaims.memberId, actor.id), stillHolds, readable(actor)))
		.orderBy(asc(translationClaims.claimedAt))
		.limit(CLAIMS_AT_MOST)
	return rows.map((row) => present(row, actor, locale))
}

/** The page of what is wanted in the languages she speaks; `after` is where it begins. */
export async function readWanted(actor: Actor, locale: string, after: string | null) {
	const cursor = readCursor(after)
	const [rows, hers] = await Promise.all([listWanted(actor, locale, cursor), listHers(actor, locale)])
	const wanted = rows.slice(0, WANTED_A_PAGE)
	return {
		wanted,
		hers,
		next: rows.length > WANTED_A_PAGE ? cursorOf(wanted.at(-1)!) : null,
		first: !cursor,
		/** Where she knows only one language, her profile is where she says more. */
		speaksSeveral: knownTo(actor).length > 0,
	}
}
