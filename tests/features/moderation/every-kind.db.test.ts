import { readFileSync } from 'node:fs'
import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { restrictions } from '~/db/schema/measures'
import { auditLog } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { readCase } from '~/features/moderation/cases.server'
import { NAMED_KINDS } from '~/features/moderation/components/labels'
import { decide, undo } from '~/features/moderation/decisions.server'
import { appeal, listMyStatements } from '~/features/moderation/statements.server'
import type { Actor } from '~/platform/actor'
import { subjects } from '~/routes/subjects.server'
import { aCaseAbout, KINDS, type KindName, stateOf } from '../../factories/kinds'
import { aModerator } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'

const decideOn = (actor: Actor, caseId: string, how: Record<string, unknown>, using = subjects) =>
	decide({ subjects: using })(actor, { case: caseId, ...how })

const WHY = { rule: 'insult', words: 'Please be kind' }
/** Held to something for some days, and kept apart from who reported it. */
const MEASURES = { measure: 'slowed', days: '3', apart: 'yes' }

const POST = ['dismiss', 'warn', 'fold', 'ask-edit', 'hide', 'remove']
const MESSAGE = ['dismiss', 'warn', 'fold', 'hide', 'remove']
const HIDDEN_ONLY = ['dismiss', 'warn', 'hide']
const OFFERED: Record<KindName, string[]> = {
	question: POST,
	translation: ['dismiss', 'warn', 'hide', 'remove'],
	'message of an open room': MESSAGE,
	'message of two': MESSAGE,
	'open room': HIDDEN_ONLY,
	'talk with a host': HIDDEN_ONLY,
	'invitation to a space': HIDDEN_ONLY,
	circle: HIDDEN_ONLY,
	'request to a mentor': HIDDEN_ONLY,
	'offer of a mentor': HIDDEN_ONLY,
	account: ['dismiss', 'warn'],
	'conduct of a mentor': HIDDEN_ONLY,
	'conduct of a mentee': HIDDEN_ONLY,
}
const NAMES = Object.keys(KINDS) as KindName[]

const ACTION: Record<string, 'warned' | 'folded' | 'edit-asked' | 'hidden' | 'removed'> = {
	warn: 'warned',
	fold: 'folded',
	'ask-edit': 'edit-asked',
	hide: 'hidden',
	remove: 'removed',
}

/** What has ended stays ended: a mentoring is not begun again. */
const staysChanged = (name: KindName, act: string) => name.startsWith('conduct') && act === 'hide'

const TABLE = NAMES.flatMap((name) =>
	OFFERED[name].filter((act) => act !== 'dismiss').map((act) => [name, act] as const),
)

const caseOf = async (id: string) => (await db.select().from(cases).where(eq(cases.id, id)))[0]!
const statementsOf = (caseId: string) => db.select().from(statements).where(eq(statements.caseId, caseId))

/** The kinds that the browser's test walks, by the table it is written from. */
function walkedInBrowsers() {
	const steps = readFileSync('tests/e2e/moderation-steps.ts', 'utf8')
	const [table = ''] = /export const SCENES[\s\S]*?\n}/.exec(steps) ?? []
	return [...table.matchAll(/^\t'?([\w-]+)'?: /gm)].map(([, kind]) => kind!)
}

describe('no kind is left out', () => {
	const kinds = subjects.map(({ kind }) => kind).toSorted()

	test('of what is made here', async () => {
		const made = await Promise.all(NAMES.map(async (name) => (await KINDS[name]()).kind))
		expect([...new Set(made)].toSorted()).toEqual(kinds)
	})

	test('of the names a case is given, nor of the scenes in a browser', () => {
		expect(NAMED_KINDS.toSorted()).toEqual(kinds)
		// A person is reported by her name, in a test of its own.
		expect([...walkedInBrowsers(), 'member'].toSorted()).toEqual(kinds)
	})
})

describe('every kind', () => {
	test.each(NAMES)('%s offers what can be decided about it, and nothing else is taken', async (name) => {
		const { caseId } = await aCaseAbout(name)
		const moderator = await aModerator()
		expect((await readCase(subjects, moderator, caseId)).offered).toEqual(OFFERED[name])
		for (const act of POST.filter((one) => !OFFERED[name].includes(one)))
			expect(await codeOf(() => decideOn(moderator, caseId, { decision: act, ...WHY }))).toBe('invalid')
		expect((await caseOf(caseId)).status).toBe('open')
	})
})

describe('every kind and every decision', () => {
	test.each(TABLE)(
		'%s, %s: with its statement, undone completely, decided anew, appealed, restored',
		async (name, act) => {
			const about = await aCaseAbout(name)
			const { caseId, author } = about
			const before = await stateOf(about)
			const moderator = await aModerator()
			const how = { decision: act, ...WHY, ...MEASURES }

			await decideOn(moderator, caseId, how)
			expect(await caseOf(caseId)).toMatchObject({ status: 'decided', decision: ACTION[act] })
			const [stated] = await statementsOf(caseId)
			expect(stated).toMatchObject({
				...{ memberId: author.id, decidedBy: moderator.id, action: ACTION[act], undoneAt: null, ...WHY },
				wipeAt: act === 'remove' ? expect.any(Date) : null,
			})
			expect(
				await db.select().from(restrictions).where(eq(restrictions.statementId, stated!.id)),
			).toHaveLength(2)
			expect((await stateOf(about)) as object).not.toEqual(before)
			const records = await db
				.select()
				.from(auditLog)
				.where(eq(auditLog.subjectId, caseId))
				.orderBy(auditLog.seq)
			expect(records.map(({ action }) => action).toSorted()).toEqual(
				['moderation.apart', 'moderation.slowed', `moderation.${ACTION[act]}`].toSorted(),
			)

			await undo({ subjects })(moderator, { case: caseId })
			if (!staysChanged(name, act)) expect(await stateOf(about)).toEqual(before)
			expect(await caseOf(caseId)).toMatchObject({ status: 'open', decision: null })

			await decideOn(moderator, caseId, how)
			const [inForce] = await db
				.select()
				.from(statements)
				.where(and(eq(statements.caseId, caseId), isNull(statements.undoneAt)))
			expect((await listMyStatements(author, null, subjects)).statements[0]).toMatchObject({
				...{ id: inForce!.id, action: ACTION[act], mayAppeal: true },
				measures: [{ kind: 'apart' }, { kind: 'slowed', until: expect.any(Date), holds: true }],
			})
			await appeal(author, { statement: inForce!.id, words: 'It was a quote' })
			const [asked] = await db.select().from(cases).where(eq(cases.statementId, inForce!.id))
			expect(asked).toMatchObject({ status: 'open', notBy: moderator.id })
			const hours = (asked!.dueAt.getTime() - asked!.openedAt.getTime()) / 3_600_000
			expect(Math.round(hours)).toBe(24)
			expect(await codeOf(() => decideOn(moderator, asked!.id, { decision: 'restore' }))).toBe('forbidden')
			await decideOn(await aModerator(), asked!.id, { decision: 'restore', words: 'You were right' })
			if (!staysChanged(name, act)) expect(await stateOf(about)).toEqual(before)
			expect(await statementsOf(caseId)).toMatchObject([
				{ undoneAt: expect.any(Date) },
				{ undoneAt: expect.any(Date) },
			])
		},
	)

	test.each(TABLE)('%s, %s: nothing at all where the statement cannot be written', async (name, act) => {
		const about = await aCaseAbout(name)
		const before = await stateOf(about)
		// A byte that no column takes: everything is done but the statement.
		const broken = subjects.map((subject) => ({
			...subject,
			find: async (...given: Parameters<typeof subject.find>) => {
				const found = await subject.find(...given)
				return found && { ...found, lang: '\0' }
			},
		}))
		const attempt = decideOn(await aModerator(), about.caseId, { decision: act, ...WHY, ...MEASURES }, broken)
		await expect(attempt).rejects.toThrow()
		expect(await stateOf(about)).toEqual(before)
		expect(await caseOf(about.caseId)).toMatchObject({ status: 'open', decision: null })
		expect(await statementsOf(about.caseId)).toEqual([])
	})
})
