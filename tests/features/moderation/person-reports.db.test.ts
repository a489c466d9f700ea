import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { cases, evidence, reports } from '~/db/schema/moderation'
import { blocks, notices } from '~/db/schema/ties'
import { readCase } from '~/features/moderation/cases.server'
import { decide } from '~/features/moderation/decisions.server'
import { listMyReports } from '~/features/moderation/my-reports.server'
import { reportPerson } from '~/features/moderation/person-reports.server'
import { readSentReport, report } from '~/features/moderation/reports.server'
import * as onThing from '~/routes/moderation/report'
import * as onPerson from '~/routes/moderation/report-person'
import { subjects } from '~/routes/subjects.server'
import { aMember, aMemberWithToken, anOrganisation } from '../../factories/members'
import { aModerator, aPost, aReport } from '../../factories/moderation'
import { codeOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'
import { sentInside } from '../../factories/statements'

const allCases = () => db.select().from(cases)
const told = { reason: 'asks', words: 'She wrote to me elsewhere' }

describe('a person is reported by her name', () => {
	test('and her case waits for moderators, with no words of hers', async () => {
		const other = await aMember({ handle: 'Dragana' })
		const [reporter, moderator] = [await aMember(), await aModerator()]
		await reportPerson(reporter, { handle: 'dragana', ...told })
		const [found] = await allCases()
		expect(found).toMatchObject({
			...{ subjectKind: 'member', subjectId: other.id, authorId: other.id, excerpt: 'dragana' },
			...{ private: false, status: 'open', danger: false },
		})
		expect(found!.dueAt.getTime() - found!.openedAt.getTime()).toBe(240 * 60_000)
		expect(await db.select().from(evidence)).toMatchObject([{ body: '', around: [] }])
		expect(await db.$count(auditLog, eq(auditLog.actorId, reporter.id))).toBe(0)
		const shown = await readCase(subjects, moderator, found!.id)
		expect(shown).toMatchObject({ kind: 'member', gone: false, reasons: [told] })
		expect(shown.content).toMatchObject({ author: 'Dragana' })
	})

	test('also a name nobody has: what was typed is kept, and all of one woman gather in one case', async () => {
		const [one, two, moderator] = [await aMember(), await aMember(), await aModerator()]
		await reportPerson(one, { handle: 'Nobody Here', ...told })
		await reportPerson(one, { handle: 'nobody  here', ...told, words: 'More' })
		for (const name of ['A', 'B', 'C']) await reportPerson(one, { handle: `Another ${name}`, ...told })
		await reportPerson(two, { handle: 'Nobody Here', ...told, reason: 'danger' })
		const found = await allCases()
		expect(found.map(({ danger }) => danger).toSorted()).toEqual([false, true])
		for (const each of found) expect(each).toMatchObject({ authorId: null, excerpt: 'Nobody Here' })
		const hers = found.find(({ danger }) => !danger)!
		const shown = await readCase(subjects, moderator, hers.id)
		expect(shown).toMatchObject({ gone: true, content: null })
		expect(shown.reasons.map(({ name, words }) => [name, words])).toEqual([
			['nobody here', 'More'],
			['Another A', told.words],
			['Another B', told.words],
			['Another C', told.words],
		])
		await decide({ subjects })(moderator, { case: hers.id, decision: 'dismiss' })
		const { reports: mine } = await listMyReports(one, null)
		expect(mine.map(({ kind, state }) => [kind, state])).toEqual(Array(4).fill(['member', 'left']))
		expect(await db.$count(notices, eq(notices.memberId, one.id))).toBe(1)
	})

	test('thirty made-up names in danger are one case, and push nobody’s aside', async () => {
		const [actor, other, post] = [await aMember(), await aMember(), await aPost()]
		for (let n = 0; n < 30; n++)
			await reportPerson(actor, { handle: `Nobody ${n}`, ...told, reason: 'danger' })
		await aReport({ by: other, id: post.id, reason: 'danger' })
		expect(await allCases()).toHaveLength(2)
		expect(await db.$count(reports)).toBe(31)
	})

	test('again changes her words; once it is decided it is a new case', async () => {
		const [actor, moderator] = [await aMember(), await aModerator()]
		await aMember({ handle: 'Dragana' })
		await reportPerson(actor, { handle: 'Dragana', ...told })
		await reportPerson(actor, { handle: 'Dragana', ...told, words: 'More' })
		expect(await db.select().from(reports)).toMatchObject([{ words: 'More' }])
		const [first] = await allCases()
		await decide({ subjects })(moderator, { case: first!.id, decision: 'dismiss' })
		await reportPerson(actor, { handle: 'Dragana', ...told })
		expect(await allCases()).toHaveLength(2)
	})

	test('what cannot be read is refused at its field, whoever is named', async () => {
		const actor = await aMember()
		const refused: [Record<string, unknown>, string][] = [
			[{ handle: '' }, 'handle'],
			[{ handle: ' \u200b ' }, 'handle'],
			[{ handle: 'x'.repeat(401) }, 'handle'],
			[{ handle: 'a\u0000b' }, 'handle'],
			[{ handle: undefined }, 'handle'],
			[{ reason: undefined }, 'reason'],
			[{ reason: 'insult' }, 'reason'],
			[{ words: 'x'.repeat(1_001) }, 'words'],
		]
		for (const [fields, field] of refused) {
			const sent = reportPerson(actor, { handle: 'Dragana', ...told, ...fields })
			await expect(sent).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } })
		}
		expect(await allCases()).toEqual([])
	})

	test.each(['suspended', 'waiting'] as const)('also by a woman who is %s, but no thing', async (status) => {
		const [{ token }, other, post] = [await aMemberWithToken({ status }), await aMember(), await aPost()]
		expect((await open(onPerson.loader, '/report/person', { token })).status).toBe(200)
		const raw = { handle: other.handle, ...told }
		expect(await send(onPerson.action, '/report/person', raw, { token })).toMatchObject({ status: 303 })
		expect(await allCases()).toMatchObject([{ authorId: other.id }])
		// What she may not see she would be shown there.
		const from = { token, params: { kind: 'post', id: post.id } }
		const answers = [
			await open(onThing.loader, '/report', from),
			await send(onThing.action, '/report', { reason: 'rude' }, from),
		]
		expect(answers.map(({ status }) => status)).toEqual([404, 404])
		expect(await db.$count(cases)).toBe(1)
	})
})

describe('one answer for every name', () => {
	/** A name of each kind, as she may try them. */
	async function names(actor: { id: string; handle: string }) {
		const known = await aMember({ handle: 'Known' })
		const hers = await aMember({ handle: 'Blocked by her' })
		const theirs = await aMember({ handle: 'Blocks her' })
		await aMember({ handle: 'Suspended', status: 'suspended' })
		await db.insert(blocks).values([
			{ blockerId: actor.id, blockedId: hers.id },
			{ blockerId: theirs.id, blockedId: actor.id },
		])
		return [known.handle, actor.handle, hers.handle, theirs.handle, 'Suspended', 'Nobody at all']
	}

	test('byte for byte, in what is sent back, in her list and in the queries made', async () => {
		const { actor, token } = await aMemberWithToken()
		const answers: unknown[] = []
		const work: string[][] = []
		for (const handle of await names(actor)) {
			const raw = { handle, ...told }
			const sent = await sentInside(async () => {
				const answer = await send(onPerson.action, '/report/person', raw, { token })
				const after = await open(onPerson.loader, '/report/person?sent', { token })
				answers.push([answer.status, answer.to, [...answer.headers], after.status, after.body])
			})
			work.push(sent)
		}
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
		expect(answers[0]).toEqual(expect.arrayContaining([303, '/report/person?sent', 200]))
		// Who she is, the case, the evidence, the report.
		expect(new Set(work.map((sent) => JSON.stringify(sent))).size).toBe(1)
		expect(work[0]!.length).toBeGreaterThanOrEqual(4)
		const { reports: mine } = await listMyReports(actor, null)
		const shapes = mine.map(({ id: _id, createdAt: _at, ...rest }) => JSON.stringify(rest))
		expect([mine.length, new Set(shapes).size]).toEqual([6, 1])
	})

	test('and the door of things stays shut: no id tells whose name it is', async () => {
		const [actor, other] = [await aMember(), await aMember({ handle: 'Dragana' })]
		await reportPerson(actor, { handle: 'Dragana', ...told })
		for (const id of [other.id, actor.id, crypto.randomUUID()]) {
			const thing = { kind: 'member', id }
			expect(await codeOf(() => readSentReport(actor, thing))).toBe('not-found')
			expect(await codeOf(() => report({ subjects })(actor, { ...thing, reason: 'rude' }))).toBe('not-found')
		}
	})

	test('she who is reported is given nothing of it', async () => {
		const [reporter, other] = [await aMember(), await aMember({ handle: 'Dragana' })]
		const moderator = await aMember({ handle: 'Mod', roles: [{ role: 'moderator' }] })
		await reportPerson(reporter, { handle: 'Dragana', ...told })
		await reportPerson(reporter, { handle: 'Mod', ...told })
		expect((await listMyReports(other, null)).reports).toEqual([])
		const about = (await allCases()).find(({ authorId }) => authorId === moderator.id)
		expect(await codeOf(() => readCase(subjects, moderator, about!.id))).toBe('not-found')
	})
})

test('who moderates beside her, in her organisation, does not get the case', async () => {
	const { id: organisationId } = await anOrganisation()
	const her = await aMember({
		handle: 'Malika',
		roles: [{ role: 'mentor' }, { role: 'practitioner', organisationId }],
	})
	const colleague = await aMember({
		roles: [{ role: 'moderator' }, { role: 'practitioner', organisationId }],
	})
	await reportPerson(await aMember(), { handle: her.handle, ...told })
	const [found] = await allCases()
	expect(await codeOf(() => readCase(subjects, colleague, found!.id))).toBe('not-found')
	expect(await codeOf(async () => readCase(subjects, await aModerator(), found!.id))).toBe('ok')
})
