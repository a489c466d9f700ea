import { sql } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { cases, reports } from '~/db/schema/moderation'
import { closeFigures } from '~/features/moderation/figures/closing.server'
import { ModerationFigures } from '~/features/moderation/figures/components/figures-page'
import { figuresFile, readFigures } from '~/features/moderation/figures/figures.server'
import type { Decision, Reason } from '~/features/moderation/moderation.words'
import type { Actor } from '~/platform/actor'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { aSpace } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })

/** A day in the middle of a month that is over. */
function monthsAgo(months: number) {
	const now = new Date()
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15))
}

interface Fields {
	at: Date
	times?: number
	reason?: Reason
	decision?: Decision
	lang?: string | null
	late?: boolean
	spaceId?: string
	notOrganisations?: string[]
}

/** Reports and their decided cases of one day. */
async function reported({
	at,
	times = 1,
	reason = 'rude',
	decision = 'dismissed',
	lang = 'it',
	late,
	...where
}: Fields) {
	for (let n = 0; n < times; n += 1) {
		const [row] = await db
			.insert(cases)
			.values({
				subjectKind: 'post',
				subjectId: crypto.randomUUID(),
				lang,
				status: 'decided',
				decision,
				openedAt: at,
				decidedAt: at,
				dueAt: new Date(at.getTime() + (late ? -1 : 1) * 3_600_000),
				...where,
			})
			.returning({ id: cases.id })
		await db.insert(reports).values({ caseId: row!.id, reason, createdAt: at })
	}
}

const periodsOf = async (counted: string, actor?: Actor) => {
	const { parts } = await readFigures(actor ?? (await aCoordinator()))
	expect(parts).toHaveLength(1)
	return parts[0]!.figures.find((one) => one.counted === counted)!.periods
}

/** An organisation with a space of its own, and its lead. */
async function aCentre(name: string) {
	const { id } = await anOrganisation(name)
	const space = await aSpace(name, { access: 'organisation', organisationId: id })
	return { id, spaceId: space.id, lead: await aMember({ roles: [{ role: 'lead', organisationId: id }] }) }
}

describe('the figures', () => {
	test('count months that are over, and small numbers only together with others', async () => {
		await reported({ at: monthsAgo(1), times: 14 })
		await reported({
			at: monthsAgo(1),
			times: 12,
			reason: 'asks',
			decision: 'hidden',
			lang: 'ar',
			late: true,
		})
		await reported({ at: monthsAgo(1), times: 2, reason: 'danger', lang: 'bg' })
		await reported({ at: new Date(), times: 20 })
		await closeFigures()
		const [period, ...older] = await periodsOf('reports')
		expect(older).toEqual([])
		expect(period).toMatchObject({
			total: 28,
			tables: {
				picture: { cells: [{ key: 'rude', count: 14 }], together: 14 },
				language: { cells: [{ key: 'it', count: 14 }], together: 14 },
			},
		})
		expect((await periodsOf('decisions'))[0]!.tables).toMatchObject({
			kind: {
				cells: [
					{ key: 'dismissed', count: 16 },
					{ key: 'hidden', count: 12 },
				],
				together: null,
			},
			clock: {
				cells: [
					{ key: 'within', count: 16 },
					{ key: 'late', count: 12 },
				],
				together: null,
			},
		})
		expect(await periodsOf('appeals')).toEqual([])
	})

	test('put quiet months together, and never count again what is closed', async () => {
		await reported({ at: monthsAgo(4), times: 6 })
		await reported({ at: monthsAgo(3), times: 4 })
		await closeFigures()
		expect(await periodsOf('reports')).toEqual([])
		await reported({ at: monthsAgo(2), times: 3, reason: 'frightens' })
		await closeFigures()
		const before = await periodsOf('reports')
		expect(before).toMatchObject([
			{
				from: monthsAgo(4).toISOString().replace('-15', '-01').slice(0, 10),
				to: monthsAgo(1).toISOString().replace('-15', '-01').slice(0, 10),
				total: 13,
				tables: { picture: { cells: [], together: 13 } },
			},
		])
		// One changes her mind about the reason, another report goes: the numbers of then stand.
		await db.update(reports).set({ reason: 'danger' }).where(sql`reason = 'frightens'`)
		await db.delete(reports).where(sql`id = (select id from reports limit 1)`)
		await Promise.all([closeFigures(), closeFigures()])
		expect(await periodsOf('reports')).toEqual(before)
		await reported({ at: monthsAgo(1), times: 11 })
		await closeFigures()
		expect(await periodsOf('reports')).toMatchObject([{ total: 11 }, { total: 13 }])
	})

	test('are kept as they may be shown: nothing smaller is anywhere', async () => {
		await reported({ at: monthsAgo(1), times: 11 })
		await reported({ at: monthsAgo(1), times: 1, reason: 'danger', lang: 'so' })
		await closeFigures()
		const rows = await db.execute(sql`select * from installation where key like 'figures.%'`)
		expect(JSON.stringify(rows)).not.toMatch(/danger|"so"|"count\\?":\s?1\b/)
	})

	test('are for coordinators and leads; for everyone else there is no such page', async () => {
		const { id: organisationId } = await anOrganisation()
		for (const role of [
			{ role: 'moderator' },
			{ role: 'practitioner', organisationId },
			{ role: 'mentor' },
		] as const) {
			const actor = await aMember({ roles: [role] })
			expect(await codeOf(() => readFigures(actor))).toBe('not-found')
			expect(await codeOf(() => figuresFile(actor, 'en'))).toBe('not-found')
		}
		const suspended = await aCoordinator()
		expect(await codeOf(() => readFigures({ ...suspended, grants: [] }))).toBe('not-found')
	})

	test('are shown as tables and as a file, in words of the catalogue', async () => {
		await reported({ at: monthsAgo(1), times: 14 })
		await reported({ at: monthsAgo(1), times: 3, reason: 'danger', lang: null })
		await reported({ at: monthsAgo(1), times: 15, reason: 'asks', lang: null, decision: 'edit-asked' })
		await closeFigures()
		const figures = await readFigures(await aCoordinator())
		for (const locale of ['en', 'it', 'es', 'el', 'bg', 'ar']) {
			const html = renderToStaticMarkup(
				<I18nextProvider i18n={i18nFor(locale)}>
					<ModerationFigures figures={figures} coordinates />
				</I18nextProvider>,
			)
			expect(html).not.toMatch(/record:|reports:|mentoring:/)
		}
		const text = await figuresFile(await aCoordinator(), 'en')
		expect(text).not.toMatch(/record:|reports:/)
		expect(text.split('\r\n')).toContainEqual(expect.stringMatching(/,Reports,All,,32$/))
		expect(text).toContain(',Reports,Why,"Asks for money')
		expect(text).toContain(',Reports,Language,Not known,18')
	})
})

describe('the figures of an organisation', () => {
	test('are those of its own spaces, from five on, for its lead', async () => {
		const [hers, other] = [await aCentre('Hers'), await aCentre('Other')]
		const open = await aSpace('Open')
		await reported({ at: monthsAgo(1), times: 6, spaceId: hers.spaceId })
		await reported({ at: monthsAgo(1), times: 2, reason: 'danger', spaceId: hers.spaceId })
		await reported({ at: monthsAgo(1), times: 4, spaceId: other.spaceId })
		await reported({ at: monthsAgo(1), times: 9, spaceId: open.id })
		// Kept from her organisation's people, as a report about one of them is.
		await reported({ at: monthsAgo(1), times: 5, spaceId: hers.spaceId, notOrganisations: [hers.id] })
		await closeFigures()
		expect(await periodsOf('reports', hers.lead)).toMatchObject([
			{ total: 8, tables: { picture: { cells: [], together: 8 } } },
		])
		expect((await readFigures(hers.lead)).atLeast).toBe(5)
		expect(await periodsOf('reports', other.lead)).toEqual([])
		expect(await periodsOf('reports')).toMatchObject([{ total: 26 }])
	})

	test('wait until there are five, and are never counted again', async () => {
		const { spaceId, lead } = await aCentre('Hers')
		await reported({ at: monthsAgo(3), times: 4, spaceId })
		await closeFigures()
		expect(await periodsOf('decisions', lead)).toEqual([])
		await reported({ at: monthsAgo(2), times: 1, decision: 'hidden', spaceId })
		await closeFigures()
		const before = await periodsOf('decisions', lead)
		expect(before).toMatchObject([{ total: 5, tables: { kind: { cells: [], together: 5 } } }])
		await reported({ at: monthsAgo(2), times: 1, spaceId })
		await closeFigures()
		expect(await periodsOf('decisions', lead)).toEqual(before)
	})

	test('and those of all are never for the same woman: she could subtract', async () => {
		const { id: organisationId, spaceId } = await aCentre('Hers')
		await reported({ at: monthsAgo(1), times: 12, spaceId })
		await closeFigures()
		const whole = await readFigures(
			await aMember({ roles: [{ role: 'coordinator' }, { role: 'lead', organisationId }] }),
		)
		expect(whole).toMatchObject({ atLeast: 11, parts: [{ organisation: null }] })
		const limited = await readFigures(await aMember({ roles: [{ role: 'coordinator', organisationId }] }))
		expect(limited).toMatchObject({ atLeast: 5, parts: [{ organisation: 'Hers' }] })
	})

	test('name it on the page and in the file', async () => {
		const { spaceId, lead } = await aCentre('Casa Mimosa')
		await reported({ at: monthsAgo(1), times: 7, spaceId })
		await closeFigures()
		const html = renderToStaticMarkup(
			<I18nextProvider i18n={i18nFor('en')}>
				<ModerationFigures figures={await readFigures(lead)} coordinates={false} />
			</I18nextProvider>,
		)
		expect(html).toContain('Casa Mimosa')
		expect(html).toContain('everything under 5')
		expect(html).toContain('/coordination/invitations')
		const [head, ...lines] = (await figuresFile(lead, 'en')).trim().split('\r\n')
		expect(head).toContain('Organisation,Months')
		expect(lines).toContainEqual(expect.stringMatching(/^Casa Mimosa,.*,Reports,All,,7$/))
	})
})
