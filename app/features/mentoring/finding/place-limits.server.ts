import { eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { mentoringWishes } from '~/db/schema/mentoring'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { take } from '~/platform/limits.server'
import { communityHash, townHash } from './keyed-names.server'

/** What she typed of a place, or that it shall be forgotten; neither leaves it as it is. */
interface Typed {
	text: string
	forget: boolean
}

/** What is kept of it from now on: a keyed hash or nothing; undefined where it stays, since it cannot be read back. */
function hashOf({ text, forget }: Typed, hash: (text: string) => string) {
	if (text !== '') return hash(text)
	return forget ? null : undefined
}

async function readKept(memberId: string) {
	const [row] = await db
		.select({ townHash: mentoringWishes.townHash, communityHash: mentoringWishes.communityHash })
		.from(mentoringWishes)
		.where(eq(mentoringWishes.memberId, memberId))
	return row ?? { townHash: null, communityHash: null }
}

type PlaceLimits = Partial<Awaited<ReturnType<typeof readKept>>>

/** A few changes a day and a month, told kindly and at the field. */
async function countChange(actor: Actor, field: 'town' | 'community') {
	try {
		await take('mentoring.places', actor.id)
		await take('mentoring.placesLong', actor.id)
	} catch (error) {
		if (!(error instanceof AppError) || error.code !== 'too-many') throw error
		throw new AppError('invalid', { fields: { [field]: 'mentoring:limits.tooOften' } })
	}
}

/**
 * The places she wants no mentor from, as the form leaves them. Whoever could try one town after the other would see
 * by who is missing from the list where each mentor lives: so they change only a few times. Throws `invalid`.
 */
export async function changePlaces(
	actor: Actor,
	typed: { town: Typed; community: Typed },
): Promise<PlaceLimits> {
	const kept = await readKept(actor.id)
	const wanted = {
		townHash: hashOf(typed.town, townHash),
		communityHash: hashOf(typed.community, communityHash),
	}
	const changes = (name: keyof typeof wanted) => wanted[name] !== undefined && wanted[name] !== kept[name]
	if (changes('townHash')) await countChange(actor, 'town')
	else if (changes('communityHash')) await countChange(actor, 'community')
	return wanted
}
