import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type Db, db, type Tx } from '~/db/client.server'
import { watchRules } from '~/db/schema/house-rules'
import { members } from '~/db/schema/members'
import { asCoordinator } from '~/features/members/people.server'
import type { Actor } from '~/platform/actor'
import { command, parse } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { contactsIn } from '../contact.server'
import { excerptOf } from '../excerpt'
import { rulesFinding } from './found.server'
import { forTerm } from './normal'
import { compilePattern } from './pattern'
import { findsTooMuch, type SaidLately } from './reach'
import { NewRule, OneRule, Trial } from './watch.schema'
import { PATTERNS_AT_MOST, RULES_AT_MOST } from './watch.words'

/** What was said lately where everyone reads along, handed in by the routes: the features that keep it are not known here. */
export type ReadLately = (db: Db, limit: number) => Promise<SaidLately[]>

/** So much of each is looked at before a rule is taken. */
const LOOKED_AT = 2_000

const RULES_SHOWN = 200

const inForce = isNull(watchRules.endedAt)

/** The rules in force, the newest first, with who made them. Throws `not-found` for everyone but coordinators. */
export async function listRules(actor: Actor) {
	asCoordinator(actor)
	const [rows, count] = await Promise.all([
		db
			.select({
				id: watchRules.id,
				language: watchRules.language,
				kind: watchRules.kind,
				text: watchRules.text,
				action: watchRules.action,
				madeAt: watchRules.madeAt,
				madeBy: members.handle,
			})
			.from(watchRules)
			.leftJoin(members, eq(members.id, watchRules.madeBy))
			.where(inForce)
			.orderBy(desc(watchRules.madeAt), desc(watchRules.id))
			.limit(RULES_SHOWN),
		db.$count(watchRules, inForce),
	])
	return { rules: rows, count }
}

export type ListedRule = Awaited<ReturnType<typeof listRules>>['rules'][number]

type Adding = z.output<typeof NewRule>

/** Throws `invalid` at `text` for what nothing could be looked for with. */
function checkText({ kind, text }: Adding) {
	if (kind === 'pattern') return void compilePattern(text)
	if (forTerm(text) === '') throw new AppError('invalid', { fields: { text: 'watch:refused.noWord' } })
}

/** Throws `invalid` with an example where it would find far too much of what was said lately. */
async function checkReach(input: Adding, using: { lately: readonly ReadLately[] }) {
	const said = await Promise.all(using.lately.map((read) => read(db, LOOKED_AT)))
	const found = findsTooMuch({ id: '', ...input }, said.flat())
	if (!found) return
	throw new AppError('invalid', {
		fields: { text: 'watch:refused.tooMuch' },
		details: { example: excerptOf(found.example) },
	})
}

async function checkRoom(tx: Tx, { kind }: Adding) {
	const [all, patterns] = [
		await tx.$count(watchRules, inForce),
		await tx.$count(watchRules, and(inForce, eq(watchRules.kind, 'pattern'))),
	]
	if (all >= RULES_AT_MOST || (kind === 'pattern' && patterns >= PATTERNS_AT_MOST)) {
		throw new AppError('invalid', { fields: { text: 'watch:refused.full' } })
	}
}

const same = ({ language, kind, text, action }: Adding) =>
	and(
		inForce,
		eq(watchRules.kind, kind),
		eq(watchRules.text, text),
		eq(watchRules.action, action),
		sql`${watchRules.language} is not distinct from ${language}`,
	)

/**
 * Makes a rule, on record; it is in force in every process within seconds. The same rule made twice is one. Throws
 * `invalid` at `text` for what is no word or pattern, and where it would find more than a hundredth of what was said.
 */
export const addRule = (using: { lately: readonly ReadLately[] }) =>
	command({
		input: NewRule,
		limit: 'coordination',
		async access(actor, input) {
			asCoordinator(actor)
			checkText(input)
			await checkReach(input, using)
		},
		async run({ actor, input, tx, audit, publish }) {
			if ((await tx.$count(watchRules, same(input))) > 0) return
			await checkRoom(tx, input)
			const [made] = await tx
				.insert(watchRules)
				.values({ ...input, madeBy: actor.id })
				.returning({ id: watchRules.id })
			await audit({ action: 'watch.added', subjectKind: 'watch-rule', subjectId: made!.id })
			publish({ name: 'watching:changed' })
		},
	})

/** Ends a rule, on record; what it found stays as it is. Ending it twice is once. Throws `not-found`. */
export const endRule = command({
	input: OneRule,
	limit: 'coordination',
	async run({ actor, input, tx, audit, publish }) {
		asCoordinator(actor)
		const [found] = await tx
			.select({ endedAt: watchRules.endedAt })
			.from(watchRules)
			.where(eq(watchRules.id, input.rule))
			.for('update')
		if (!found) throw new AppError('not-found')
		if (found.endedAt) return
		await tx
			.update(watchRules)
			.set({ endedAt: sql`now()`, endedBy: actor.id })
			.where(eq(watchRules.id, input.rule))
		await audit({ action: 'watch.ended', subjectKind: 'watch-rule', subjectId: input.rule })
		publish({ name: 'watching:changed' })
	},
})

/** What would happen to a sentence if somebody wrote it now. Nothing is kept of it. */
export async function tryRules(actor: Actor, raw: unknown) {
	asCoordinator(actor)
	const { sentence, language } = parse(Trial, raw)
	const found = await rulesFinding({ text: sentence, lang: language })
	return {
		sentence,
		rules: found.map(({ id, text, action }) => ({ id, text, action })),
		contacts: contactsIn(sentence),
	}
}

export type Tried = Awaited<ReturnType<typeof tryRules>>
