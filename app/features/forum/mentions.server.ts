import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { cleanHandle, handleFault, skeleton } from '~/features/members/handle'
import { countAttempt } from '~/features/moderation/measures/attempts.server'
import type { Actor } from '~/platform/actor'
import { endsName, mayPrecedeMention } from './mention-edges'

export interface Mention {
	memberId: string
	/** The handle as it stands in the text. */
	written: string
}

interface Writer {
	actor: Pick<Actor, 'id' | 'blocked'>
	/** She writes under an alias. */
	aliased: boolean
}

const MENTIONS_AT_MOST = 10
/** More signs than this in one text are no mentions. */
const SIGNS_AT_MOST = 40
/** Code units a handle can take: thirty letters with their marks. */
const LONGEST = 90

const fold = (handle: string) => cleanHandle(handle).toLowerCase()

/** As far as a handle could go on; cleaning it takes the unseen signs out. */
const OF_HANDLES = /^[\p{L}\p{M}\p{N}\p{Emoji_Presentation}\p{Cf}\s.'’·\-_]*/u
/** A longer name does not get over these. */
const FINAL = ['errors:handleLong', 'errors:handleMarks', 'errors:handleCharacters', 'errors:strange']

/** Every beginning of the text that could be a handle, the longest first: handles have spaces in them. */
function namesAt(text: string): string[] {
	const names: string[] = []
	const { length } = OF_HANDLES.exec(text)?.[0] ?? ''
	for (let end = 1; end <= length; end += 1) {
		const name = text.slice(0, end)
		if (/\s$/.test(name) || !name.isWellFormed() || !endsName(text, end)) continue
		const fault = handleFault(cleanHandle(name))
		if (fault === undefined) names.unshift(name)
		else if (FINAL.includes(fault)) break
	}
	return names
}

/** What could be meant by each `@`, in the order of the text. Words quoted from others call nobody again. */
function candidatesIn(body: string): string[][] {
	const found: string[][] = []
	let signs = 0
	for (const line of body.split('\n')) {
		if (/^\s*>/.test(line)) continue
		for (const { index } of line.matchAll(/@/g)) {
			if (!mayPrecedeMention(line.slice(Math.max(0, index - 2), index))) continue
			signs += 1
			if (signs > SIGNS_AT_MOST) return found
			const names = namesAt(line.slice(index + 1, index + 1 + LONGEST))
			if (names.length > 0) found.push(names)
		}
	}
	return found
}

/** Whom it names in vain: that is counted where a decision keeps the two apart. */
function triedIn(
	candidates: string[][],
	rows: readonly { id: string; handle: string }[],
	blocked: readonly string[],
) {
	const named = new Set(candidates.flat().map(fold))
	return rows.filter(({ id, handle }) => blocked.includes(id) && named.has(fold(handle))).map(({ id }) => id)
}

/**
 * Whom a text mentions. A handle that nobody has and one of someone with whom there is a block are the same: text. Only
 * real handles are looked up, so nobody is ever reached through an alias; and a text under one is outside all blocks, or
 * a name that stays text would tell who wrote it (docs/decisions/008). That she named whom she is kept apart from counts
 * as an attempt either way.
 */
export async function mentionsIn(tx: Tx, { actor, aliased }: Writer, body: string): Promise<Mention[]> {
	const candidates = candidatesIn(body)
	if (candidates.length === 0) return []
	const rows = await tx
		.select({ id: members.id, handle: members.handle })
		.from(members)
		.where(
			and(
				inArray(members.skeleton, [...new Set(candidates.flat().map(skeleton))]),
				eq(members.status, 'active'),
			),
		)
	const blocked = aliased ? [] : actor.blocked
	const known = new Map(
		rows.filter(({ id }) => !blocked.includes(id)).map(({ id, handle }) => [fold(handle), id]),
	)
	await countAttempt(tx, actor.id, triedIn(candidates, rows, actor.blocked))
	const mentions = new Map<string, Mention>()
	for (const names of candidates) {
		const written = names.find((name) => known.has(fold(name)))
		if (written && mentions.size < MENTIONS_AT_MOST)
			mentions.set(written, { memberId: known.get(fold(written))!, written })
	}
	return [...mentions.values()]
}

/**
 * Whom a post calls by name. Under an alias nobody: told to everyone but those who have a block or a no-contact order with
 * its author, it would tell them who wrote it; told to them too, it would reach past both (docs/decisions/008).
 */
export const calledBy = ({ aliased }: { aliased: boolean }, mentions: readonly Mention[]) =>
	aliased ? [] : mentions.map(({ memberId }) => memberId)

/** The handles to show in bold, the longest first. */
export const writtenHandles = (mentions: readonly Mention[]) =>
	mentions.map(({ written }) => written).sort((a, b) => b.length - a.length)
