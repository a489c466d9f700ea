import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { type Db, db, type Tx } from '~/db/client.server'
import { organisations } from '~/db/schema/members'
import { mentoringRounds } from '~/db/schema/rounds'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { cursorOf, readCursor, timeOf } from '~/platform/cursor'
import { AppError } from '~/platform/errors'
import { randomToken } from '~/platform/secret.server'
import type { RoundWork } from './round-work.server'
import { DrawForm, OneRound } from './rounds.schema'
import { readRoundTexts } from './rounds-reading.server'
import { liesIn, requireId, type Scope, scopeOf } from './rounds-scope.server'
import { inRoundThread } from './rounds-thread.server'

const ROUNDS_A_PAGE = 20

export type RoundRow = typeof mentoringRounds.$inferSelect

/** Whose people a round is about. */
export const scopeOfRound = ({ organisationId }: Pick<RoundRow, 'organisationId'>): Scope =>
	organisationId === null ? null : [organisationId]

/**
 * A round in her care; with `lock`, nothing else changes it until the transaction ends. Throws `not-found` for all but
 * coordinators, and for rounds of other organisations as for those that are none.
 */
export async function accessRound(tx: Db, actor: Actor, id: string | undefined, { lock = false } = {}) {
	const scope = scopeOf(actor)
	const query = tx
		.select()
		.from(mentoringRounds)
		.where(eq(mentoringRounds.id, requireId(id)))
	const [round] = lock ? await query.for('update') : await query
	if (!round || !liesIn(scope, round.organisationId)) throw new AppError('not-found')
	return round
}

/** A draft that is hers to change. Throws `not-found`, and `conflict` (`details.reason`: its state) once it is none. */
export async function lockDraft(tx: Tx, actor: Actor, id: string): Promise<RoundRow> {
	const round = await accessRound(tx, actor, id, { lock: true })
	if (round.status !== 'draft') throw new AppError('conflict', { details: { reason: round.status } })
	return round
}

/** The organisations she may draw a round for. */
async function readChoices(scope: Scope) {
	if (scope?.length === 0) return []
	return db
		.select({ id: organisations.id, name: organisations.name })
		.from(organisations)
		.where(scope === null ? undefined : inArray(organisations.id, [...scope]))
		.orderBy(organisations.name)
}

const pairsOf = sql<number>`(select count(*)::int from mentoring_round_pairs p
	where p.round_id = mentoring_rounds.id and p.mentor_id is not null)`
const unmatchedOf = sql<number>`(select count(*)::int from mentoring_round_pairs p
	where p.round_id = mentoring_rounds.id and p.mentor_id is null)`

/** One page of the rounds in her care, the latest first, and for whom she may draw another. */
export async function listRounds(actor: Actor, before: string | null) {
	const scope = scopeOf(actor)
	const from = readCursor(before)
	const rows = await db
		.select({
			id: mentoringRounds.id,
			status: mentoringRounds.status,
			drawnAt: mentoringRounds.drawnAt,
			organisation: organisations.name,
			pairs: pairsOf,
			unmatched: unmatchedOf,
			micros: sql<string>`(extract(epoch from ${mentoringRounds.drawnAt}) * 1000000)::bigint::text`,
		})
		.from(mentoringRounds)
		.leftJoin(organisations, eq(organisations.id, mentoringRounds.organisationId))
		.where(
			and(
				scope === null ? undefined : inArray(mentoringRounds.organisationId, [...scope]),
				from &&
					sql`(${mentoringRounds.drawnAt}, ${mentoringRounds.id}) < (${timeOf(from)}::timestamptz, ${from.id}::uuid)`,
			),
		)
		.orderBy(desc(mentoringRounds.drawnAt), desc(mentoringRounds.id))
		.limit(ROUNDS_A_PAGE + 1)
	const shown = rows.slice(0, ROUNDS_A_PAGE)
	return {
		rounds: shown.map(({ micros: _micros, ...round }) => round),
		older: rows.length > ROUNDS_A_PAGE ? cursorOf(shown.at(-1)!) : null,
		first: from === undefined,
		organisations: await readChoices(scope),
		everyone: scope === null,
	}
}

/** For whom a round is drawn. Nothing named: everyone, or her first organisation where she does not see everyone. */
function chosenOrganisation(scope: Scope, organisation: string): string | null {
	const chosen = organisation || (scope === null ? null : (scope[0] ?? null))
	if (!liesIn(scope, chosen)) throw new AppError('not-found')
	return chosen
}

/** All of one moment of the database, so that nobody comes or goes while it reads. */
const readTexts = (organisationId: string | null) =>
	db.transaction((tx) => readRoundTexts(tx, scopeOfRound({ organisationId })), {
		isolationLevel: 'repeatable read',
		accessMode: 'read only',
	})

async function draw(actor: Actor, organisation: string) {
	const organisationId = chosenOrganisation(scopeOf(actor), organisation)
	const circumstances = { now: new Date(), seed: randomToken() }
	const drawn = await inRoundThread('draw', { ...circumstances, ...(await readTexts(organisationId)) })
	if (drawn.women === 0) throw new AppError('conflict', { details: { reason: 'nobody' } })
	return { organisationId, ...circumstances, ...drawn }
}

/** What the thread wrote goes in as it is: thousands of rows made here would hold up everyone. */
const keepPairs = (tx: Tx, roundId: string, rows: string) =>
	tx.execute(sql`
		insert into mentoring_round_pairs (round_id, woman_id, mentor_id, place, score, reasons, why)
		select ${roundId}::uuid, woman_id, mentor_id, place, score, reasons, why from json_to_recordset(${rows}::text::json)
			as p(woman_id uuid, mentor_id uuid, place integer, score integer, reasons jsonb, why jsonb)`)

/**
 * Draws a round over all who wait in her care, as a draft: nobody is told. The seed comes from the system's source of
 * randomness and is kept, so that the lottery can be checked by drawing again. Throws `not-found` for all but
 * coordinators and for organisations that are not hers, `conflict` (`details.reason`: nobody) where nobody waits.
 */
export const drawRound = command({
	input: DrawForm,
	limit: 'mentoring.round',
	access: (actor, { organisation }) => draw(actor, organisation),
	async run({ actor, found: { organisationId, inputHash, seed, now, rows }, tx, audit }) {
		const [kept] = await tx
			.insert(mentoringRounds)
			.values({ organisationId, seed, drawnAt: now, inputHash, createdBy: actor.id })
			.returning({ id: mentoringRounds.id })
		await keepPairs(tx, kept!.id, rows)
		await audit({ action: 'mentoring.drawRound', subjectKind: 'round', subjectId: kept!.id })
		return { id: kept!.id }
	},
})

/** What a round is drawn from for a second time: the people as they are now, the moment and the seed of then. */
export const workOf = async ({ organisationId, drawnAt, seed }: RoundRow): Promise<RoundWork> => ({
	now: drawnAt,
	seed,
	...(await readTexts(organisationId)),
})

/** Puts a draft aside. Doing it twice changes nothing. Throws `not-found`, `conflict` once it is published. */
export const dropRound = command({
	input: OneRound,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		const round = await accessRound(tx, actor, input.round, { lock: true })
		if (round.status === 'dropped') return
		if (round.status !== 'draft') throw new AppError('conflict', { details: { reason: round.status } })
		await tx.update(mentoringRounds).set({ status: 'dropped' }).where(eq(mentoringRounds.id, round.id))
		await audit({ action: 'mentoring.dropRound', subjectKind: 'round', subjectId: round.id })
	},
})
