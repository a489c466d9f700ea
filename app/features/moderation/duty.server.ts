import { eq, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, db } from '~/db/client.server'
import { moderatorDuties } from '~/db/schema/casework'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { pgArray } from '~/platform/text'
import { DUTY_HOURS, seesQueue } from './moderation.policy'
import { activeModerators } from './moderators.server'
import { ownShiftNow } from './rota/rota.server'

/** What she says she will look after ends by itself: nobody counts on a moderator who forgot to say that she went. */
const BeginDuty = z.object({
	hours: z
		.enum(DUTY_HOURS.map(String) as [string, ...string[]], 'errors:choose')
		.transform((hours) => Number(hours)),
})

/** Says that she is there from now on for so many hours. Said again, the hours begin anew. Throws `not-found`. */
export const beginDuty = command({
	input: BeginDuty,
	limit: 'moderation.decide',
	async run({ actor, input: { hours }, tx }) {
		if (!seesQueue(actor)) throw new AppError('not-found')
		const until = sql`now() + make_interval(hours => ${hours})`
		await tx
			.insert(moderatorDuties)
			.values({ memberId: actor.id, until })
			.onConflictDoUpdate({ target: moderatorDuties.memberId, set: { since: sql`now()`, until } })
	},
})

/** Says that she goes. Twice is once. */
export const endDuty = command({
	input: z.object({}),
	async run({ actor, tx }) {
		if (!seesQueue(actor)) throw new AppError('not-found')
		await tx.delete(moderatorDuties).where(eq(moderatorDuties.memberId, actor.id))
	},
})

/** Until when she is on duty; null where she is not. */
export async function readDuty(tx: Db, actor: Pick<Actor, 'id'>): Promise<Date | null> {
	const [duty] = await tx
		.select({ until: moderatorDuties.until })
		.from(moderatorDuties)
		.where(sql`${moderatorDuties.memberId} = ${actor.id} and ${moderatorDuties.until} > clock_timestamp()`)
	return duty?.until ?? null
}

/** What the page of the queue says of her duty. Throws `not-found` for everyone who does not moderate. */
export async function readOwnDuty(actor: Actor) {
	if (!seesQueue(actor)) throw new AppError('not-found')
	const [until, shift] = await Promise.all([readDuty(db, actor), ownShiftNow(actor)])
	return { until, shift, reads: actor.reads }
}

interface Spoken {
	/** The space it is said in, or null. */
	space: SQL
	/** The tag of the language it is said in. */
	lang: SQL
	/** Who said it: neither she nor a woman with whom she has a block looks after her words. */
	author?: SQL
}

/** Whether the grants of active moderators name a language, or every one, where something is said: on duty or not. */
const isLookedAfter = ({ space, lang, author = sql`null::uuid` }: Spoken) => sql`exists (
	select 1 from ${activeModerators} where moderator.id is distinct from ${author}
		and (moderating.space_id is null or moderating.space_id = ${space})
		and (moderating.languages is null or ${lang} = any(moderating.languages))
		and not exists (select 1 from blocks b where (b.blocker_id = moderator.id and b.blocked_id = ${author})
			or (b.blocked_id = moderator.id and b.blocker_id = ${author})))`

/**
 * The languages of what is said in the open that come to her, by her grants: those given to her, where none were given
 * every one, and as with cases what nobody else looks after. Names nothing but what it is handed.
 */
export function inHerLanguages(actor: Actor, spoken: Spoken): SQL {
	const hers = actor.grants.filter(({ role }) => role === 'moderator')
	const reached = hers.map(({ spaceId, languages }) => {
		const here = spaceId ? sql`${spoken.space} = ${spaceId}::uuid` : sql`true`
		if (!languages) return here
		return sql`(${here} and (${spoken.lang} is null
			or ${spoken.lang} = any(${pgArray(languages)}::text[]) or not ${isLookedAfter(spoken)}))`
	})
	return reached.length === 0 ? sql`false` : sql`(${sql.join(reached, sql` or `)})`
}

/**
 * What each moderator reads of what comes to her who is on duty at this moment and whose scope this is (`null`: something
 * outside the spaces). One who lost her role or her account counts no more, whatever she said before.
 */
export async function readersOnDuty(tx: Db, spaceId: string | null): Promise<string[][]> {
	const space = sql`${spaceId}::uuid`
	const rows = await tx.execute<{ reads: string[] }>(sql`
		select array(
			select tag from unnest(moderator.reads || moderating.languages) tag
			where moderating.languages is null or tag = any(moderating.languages)
				or not ${isLookedAfter({ space, lang: sql`tag` })}) as reads
		from ${activeModerators} join moderator_duties d on d.member_id = moderator.id
		where d.until > clock_timestamp() and (moderating.space_id is null or moderating.space_id = ${space})`)
	return rows.map(({ reads }) => reads)
}
