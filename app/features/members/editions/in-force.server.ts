import { desc, eq, isNotNull } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { ruleEditions } from '~/db/schema/house-rules'
import { installation } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { goTo } from '~/platform/http.server'
import { keptInMemory } from '~/platform/kept.server'
import { RULES_VERSION } from '../members.schema'
import { isOlder, readKept, writeVersion } from './rules-version'

const DAY_MS = 24 * 60 * 60 * 1000
/** How long she can put new rules off and write as before. */
export const LATER_DAYS = 14

interface InForce {
	/** The community's newest edition; none where it has added nothing. */
	edition: { number: number; publishedAt: Date } | null
	/** Since when this installation has the product's rules as they are. */
	productSince: Date | null
}

/** When the product's present text was first here: written down by the first process that has it. */
async function productSince(): Promise<Date> {
	const key = `rules.${RULES_VERSION}`
	await db.insert(installation).values({ key, value: new Date().toISOString() }).onConflictDoNothing()
	const [row] = await db.select().from(installation).where(eq(installation.key, key))
	return new Date(row!.value)
}

async function readInForce(): Promise<InForce> {
	const [newest] = await db
		.select({ number: ruleEditions.number, publishedAt: ruleEditions.publishedAt })
		.from(ruleEditions)
		.where(isNotNull(ruleEditions.number))
		.orderBy(desc(ruleEditions.number))
		.limit(1)
	return {
		edition: newest ? { number: newest.number!, publishedAt: newest.publishedAt! } : null,
		productSince: kept.now().productSince ?? (await productSince()),
	}
}

const kept = keptInMemory<InForce>('rules', { edition: null, productSince: null }, readInForce)

/** Reads which rules are in force, at the start. */
export const loadRules = kept.refresh
/** Says, here and in the other processes, that an edition was published. */
export const rulesChanged = kept.changed

const inForce = () => ({ product: RULES_VERSION, edition: kept.now().edition?.number ?? 0 })

/** The rules in force, as they are kept with whoever agrees to them. */
export const rulesInForce = () => writeVersion(inForce())

type Reader = Pick<Actor, 'status' | 'rulesVersion'>

/** From when on she writes only after she has agreed; null where she has, and for who waits or is suspended. */
export function agreeUntil({ status, rulesVersion }: Reader): Date | null {
	const [{ agreed }, now, { edition, productSince }] = [readKept(rulesVersion), inForce(), kept.now()]
	if (status !== 'active' || !isOlder(agreed, now)) return null
	const since = agreed.edition < now.edition ? edition?.publishedAt : productSince
	return new Date((since ?? new Date()).getTime() + LATER_DAYS * DAY_MS)
}

/** Whether she has not yet said a word about the rules in force: neither that she agrees, nor "later". */
function isUnasked(actor: Reader): boolean {
	const { putOff } = readKept(actor.rulesVersion)
	return agreeUntil(actor) !== null && (putOff === null || isOlder(putOff, inForce()))
}

/** What new rules never stand in the way of: her own account, leaving it, decisions and appeals, reports, and the work of staff. */
const ALWAYS_OPEN = /^\/(rules|me|report|notices|moderation|coordination)(\/|$)/

/**
 * Asks her once about new rules: throws the way to their page, where she next opens one of the community. Only a page
 * that is opened, never a form that is sent: what she wrote is not lost. Asks nobody; all of it is in memory.
 */
export function askAboutRules(request: Request, actor: Reader) {
	const opened = (request.headers.get('sec-fetch-dest') ?? 'document') === 'document'
	if (request.method !== 'GET' || !opened || !isUnasked(actor)) return
	const { pathname, search } = new URL(request.url)
	if (ALWAYS_OPEN.test(pathname)) return
	throw goTo(`/rules/accept?next=${encodeURIComponent(pathname + search)}`)
}

/** Whether she writes only after she has agreed: new rules have stood for two weeks. */
export function mustAgreeFirst(actor: Reader): boolean {
	const until = agreeUntil(actor)
	return until !== null && until.getTime() <= Date.now()
}

/** Before something new of hers is shown to others. Throws `invalid`, with the sentence that says what to do; her words stay with her. */
export function agreedFirst(actor: Reader) {
	if (mustAgreeFirst(actor)) throw new AppError('invalid', { fields: { '': 'editions:first' } })
}
