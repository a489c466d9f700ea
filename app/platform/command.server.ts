import type { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import type { Actor, Visitor } from './actor'
import { type DomainEvent, deliver } from './bus.server'
import { AppError, type FieldErrors } from './errors'
import { type LimitName, take } from './limits.server'
import { databaseFault } from './log.server'

interface AuditEntry {
	action: string
	subjectKind?: string
	subjectId?: string
	/** Whose data it concerns, so that she can be shown it. */
	memberId?: string
}

export interface CommandContext<Who, Input, Found = undefined> {
	actor: Who
	input: Input
	/** What `access` found. */
	found: Found
	tx: Tx
	/** Announces a change; listeners hear of it only after COMMIT. */
	publish(event: DomainEvent): void
	/** Writes to the audit log, in the same transaction. */
	audit(entry: AuditEntry): Promise<void>
}

interface CommandSpec<Who, Schema extends z.ZodType, Out, Found> {
	input: Schema
	/** Counted per acting person; a visitor is counted by the command itself, where it knows by what. */
	limit?: LimitName
	/**
	 * Finds what it is about and checks that she may, before the transaction: asked of the pool inside it, six commands
	 * at once would hold all connections and wait for one more.
	 */
	access?(actor: Who, input: z.output<Schema>): Promise<Found>
	/**
	 * A shorter way to the same end, tried first: it has changed and committed everything when it answers, and returns
	 * what is to be told. Undefined: it changed nothing, and `run` decides.
	 */
	shortcut?(
		actor: Who,
		input: z.output<Schema>,
	): Promise<{ out: NoInfer<Out>; events: DomainEvent[] } | undefined>
	run(context: CommandContext<Who, z.output<Schema>, Found>): Promise<Out>
}

/** Turns what Zod found into field errors whose texts are catalogue keys. Throws `invalid`. */
export function parse<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
	const result = schema.safeParse(raw)
	if (result.success) return result.data
	const fields: FieldErrors = {}
	for (const issue of result.error.issues) {
		const name = String(issue.path[0] ?? '')
		const isKey = /^[a-z]+:[\w.-]+$/i.test(issue.message)
		fields[name] ??= isKey ? issue.message : 'errors:notUnderstood'
	}
	throw new AppError('invalid', { fields })
}

/** Two waited for each other in a circle, or changed the same at once: Postgres gave this one up, and nothing is wrong with it. */
const WORTH_ANOTHER_TRY = ['40P01', '40001']

/** Runs it, and once more where Postgres gave it up for another one. What the first try wrote went with its transaction. */
async function tryTwice<T>(attempt: () => Promise<T>): Promise<T> {
	try {
		return await attempt()
	} catch (error) {
		if (!WORTH_ANOTHER_TRY.includes(databaseFault(error)?.code ?? '')) throw error
		return attempt()
	}
}

/**
 * The only way to change data, whichever door it came through: validate, count, one transaction, commit, then tell. `run`
 * may be run a second time, so what it does beside its transaction must bear that.
 * `raw` is what the form or the socket sent; the actor never comes from it. Throws `AppError`.
 */
export function command<
	Schema extends z.ZodType,
	Out,
	Who extends Actor | Visitor = Actor,
	Found = undefined,
>(spec: CommandSpec<Who, Schema, Out, Found>) {
	return async (actor: Who, raw: unknown): Promise<Out> => {
		const input = parse(spec.input, raw)
		if (spec.limit && actor.id) await take(spec.limit, actor.id)
		const short = await spec.shortcut?.(actor, input)
		if (short) {
			deliver(short.events)
			return short.out
		}
		const found = (await spec.access?.(actor, input)) as Found
		const attempt = async () => {
			// Each try has its own: nobody is told of what was rolled back.
			const events: DomainEvent[] = []
			const out = await db.transaction((tx) =>
				spec.run({
					actor,
					input,
					found,
					tx,
					publish: (event) => void events.push(event),
					audit: async (entry) => void (await tx.insert(auditLog).values({ actorId: actor.id, ...entry })),
				}),
			)
			return { out, events }
		}
		const { out, events } = await tryTwice(attempt)
		deliver(events)
		return out
	}
}
