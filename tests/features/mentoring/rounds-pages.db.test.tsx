import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { mentoringWishes } from '~/db/schema/mentoring'
import { mentoringRoundPairs } from '~/db/schema/rounds'
import { FiguresPage } from '~/features/mentoring/figures/components/figures-page'
import { LISTS } from '~/features/mentoring/figures/figures'
import { RoundPage } from '~/features/mentoring/rounds/components/round-page'
import { RoundsPage } from '~/features/mentoring/rounds/components/rounds-page'
import type { FormResult } from '~/platform/http.server'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as figures from '~/routes/coordination/mentoring'
import * as file from '~/routes/coordination/mentoring-csv'
import * as round from '~/routes/coordination/round'
import * as rounds from '~/routes/coordination/rounds'
import { aMemberWithToken } from '../../factories/members'
import { aMatch, aMentor } from '../../factories/mentoring'
import { open, send } from '../../factories/requests'
import { aWaitingMember, daysAgo, wishes } from '../../factories/rounds'

const html = (element: ReactElement, locale = 'en') =>
	renderToStaticMarkup(<I18nextProvider i18n={i18nFor(locale)}>{element}</I18nextProvider>)

const aCoordinator = async () => (await aMemberWithToken({ roles: [{ role: 'coordinator' }] })).token

type Round = Parameters<typeof RoundPage>[0]

async function openRound(path: string, token: string) {
	const answer = await open(round.loader, path, { token, params: { round: path.split(/[/?]/)[3]! } })
	return answer.body as Round
}
const sendToRound = (path: string, fields: Record<string, string>, token: string) =>
	send(round.action, path, fields, { token, params: { round: path.split(/[/?]/)[3]! } })

/** No key of the catalogue may stand in a page: a sentence is missing there. */
const KEY =
	/[>\s(](?:rule|why\w+|status|part|none|column|word|listName|about|nothing|act|chart|waited|need|level|reason|more|drawn|publish|drop|woman|gone|figures|remind|list|round)\.\w+/
const expectWords = (page: string) => expect(KEY.exec(page)?.[0]).toBeUndefined()

describe('a coordinator’s round', () => {
	test('drawn, asked about, changed by hand and proposed, by forms alone', async () => {
		const token = await aCoordinator()
		const full = await aMentor({ capacity: 1, needs: ['jobSearch', 'cv'] }, 'Full')
		await aMentor({ needs: ['doctor'], languages: { en: 'talk' } }, 'Other')
		const first = await aWaitingMember({ waitingSince: daysAgo(90) }, 'First')
		const second = await aWaitingMember({ waitingSince: daysAgo(9) }, 'Second')
		await aWaitingMember({ languages: ['so'] }, 'Somali')
		const drawn = await send(rounds.action, '/coordination/rounds', { organisation: '' }, { token })
		expect(drawn.status).toBe(303)
		const path = drawn.to!
		const pairs = await openRound(path, token)
		for (const locale of UI_LOCALES) expectWords(html(<RoundPage {...pairs} />, locale))
		expect(html(<RoundPage {...pairs} />)).toContain('First')
		expect(html(<RoundPage {...(await openRound(`${path}?part=unmatched`, token))} />)).toContain(
			'No mentor of this round knows a language of hers.',
		)

		const why = await sendToRound(path, { intent: 'why', woman: second.id, handle: 'full' }, token)
		const asked = html(<RoundPage {...(await openRound(why.to!, token))} />)
		expect(asked).toContain('women who have waited longer')

		const refused = await sendToRound(path, { intent: 'move', woman: second.id, handle: 'Full' }, token)
		const shown = await openRound(`${path}?woman=${second.id}`, token)
		expect(html(<RoundPage {...shown} result={refused.body as FormResult} />)).toContain(
			'The mentor has no free place.',
		)

		const moved = await sendToRound(path, { intent: 'move', woman: first.id, mentor: '' }, token)
		expect(moved.to).toBe(`${path}?woman=${first.id}#woman`)
		await sendToRound(path, { intent: 'move', woman: second.id, mentor: full.id }, token)
		expect(html(<RoundPage {...(await openRound(moved.to!, token))} />)).toContain('by hand')

		const more = html(<RoundPage {...(await openRound(`${path}?language=so`, token))} />)
		expect(more).toContain('Women without a mentor who would have one: 1')

		expect((await sendToRound(path, { intent: 'publish' }, token)).to).toBe(path)
		const published = await openRound(path, token)
		expect(published.round.status).toBe('published')
		for (const locale of UI_LOCALES) expectWords(html(<RoundPage {...published} />, locale))
		const list = (await open(rounds.loader, '/coordination/rounds', { token })).body as Parameters<
			typeof RoundsPage
		>[0]
		for (const locale of UI_LOCALES) expectWords(html(<RoundsPage {...list} />, locale))
		expect((await sendToRound(path, { intent: 'burn' }, token)).status).toBe(404)
	})

	test('of a draft what may not be well comes first, also over pages', async () => {
		const token = await aCoordinator()
		for (let count = 0; count < 11; count += 1) await aMentor({ capacity: 5, needs: ['jobSearch'] })
		for (let count = 0; count < 51; count += 1) await aWaitingMember({ waitingSince: daysAgo(90 - count) })
		const other = await aWaitingMember({ needs: ['doctor'], waitingSince: daysAgo(9) })
		const gone = await aWaitingMember({ waitingSince: daysAgo(8) })
		const path = (await send(rounds.action, '/coordination/rounds', { organisation: '' }, { token })).to!
		await db.update(mentoringWishes).set({ waitingSince: null }).where(eq(mentoringWishes.memberId, gone.id))
		const first = await openRound(path, token)
		expect(first.pairs.slice(0, 3).map(({ womanId, look }) => [womanId, look])).toEqual([
			[other.id, 'need'],
			[gone.id, 'waitsNoMore'],
			[expect.any(String), null],
		])
		const second = await openRound(`${path}?after=${first.next}`, token)
		expect([first.pairs.length, second.pairs.length, second.next]).toEqual([50, 3, null])
		expect(new Set([...first.pairs, ...second.pairs].map(({ womanId }) => womanId)).size).toBe(53)
		const page = html(<RoundPage {...first} />)
		expect(page).toContain('Please look at these first: 2')
		expect(page).toContain('The other pairs: 51')
		expect(page).toContain('A draft is deleted 30 days after it was drawn.')
		for (const locale of UI_LOCALES) expectWords(html(<RoundPage {...first} />, locale))
		await sendToRound(path, { intent: 'publish' }, token)
		expect(html(<RoundPage {...(await openRound(path, token))} />)).not.toContain('Please look')
	})

	test('what is about herself has no buttons', async () => {
		const { token, actor: member } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
		await aMentor({ capacity: 5 })
		await wishes(member)
		const woman = await aWaitingMember()
		const path = (await send(rounds.action, '/coordination/rounds', { organisation: '' }, { token })).to!
		const shown = await openRound(path, token)
		const rows = html(<RoundPage {...shown} />)
		expect(rows).toContain(`woman=${woman.id}#woman`)
		expect(rows).not.toContain(`woman=${member.id}#woman`)
		const hers = html(<RoundPage {...(await openRound(`${path}?woman=${member.id}`, token))} />)
		expect(hers).toContain('Another coordinator decides.')
		expect(hers).not.toMatch(/value="(move|why)"/)
		const others = html(<RoundPage {...(await openRound(`${path}?woman=${woman.id}`, token))} />)
		expect(others).toMatch(/value="move"/)
	})

	test('whose mentor has left', async () => {
		const token = await aCoordinator()
		const mentor = await aMentor({}, 'Gone')
		const woman = await aWaitingMember({}, 'Stays')
		const path = (await send(rounds.action, '/coordination/rounds', { organisation: '' }, { token })).to!
		await db
			.update(mentoringRoundPairs)
			.set({ mentorId: null, reasons: [], why: { kind: 'left' } })
			.where(eq(mentoringRoundPairs.mentorId, mentor.id))
		const page = html(<RoundPage {...(await openRound(`${path}?part=unmatched`, token))} />)
		expect(page).toContain(`id="w-${woman.id}"`)
		expect(page).toMatch(/Stays<\/bdi> · <bdi[^>]*>Former member</)
		for (const locale of UI_LOCALES)
			expectWords(html(<RoundPage {...(await openRound(`${path}?part=unmatched`, token))} />, locale))
	})

	test('nobody waits', async () => {
		const token = await aCoordinator()
		const answer = await send(rounds.action, '/coordination/rounds', {}, { token })
		const list = (await open(rounds.loader, '/coordination/rounds', { token })).body as Parameters<
			typeof RoundsPage
		>[0]
		const page = html(<RoundsPage {...list} result={answer.body as FormResult} />)
		expect(page).toContain('Nobody waits for a round just now.')
	})
})

describe('the lists', () => {
	test('are pages with bars and tables in every language, and files', async () => {
		const token = await aCoordinator()
		await aWaitingMember({ languages: ['ar'] })
		const mentor = await aMentor({ lapses: 1 })
		await aMatch(await aWaitingMember(), mentor)
		for (const list of LISTS) {
			const answer = await open(figures.loader, `/coordination/mentoring?list=${list}`, { token })
			for (const locale of UI_LOCALES)
				expectWords(html(<FiguresPage {...(answer.body as Parameters<typeof FiguresPage>[0])} />, locale))
			const download = await open(file.loader, `/coordination/mentoring/${list}`, { token, params: { list } })
			expect(download.headers.get('content-type')).toBe('text/csv; charset=utf-8')
			expect(download.headers.get('content-disposition')).toBe('attachment; filename="list.csv"')
		}
		const waiting = await open(figures.loader, '/coordination/mentoring', { token })
		const page = html(<FiguresPage {...(waiting.body as Parameters<typeof FiguresPage>[0])} />)
		expect(page).toContain('<caption>How long women have waited</caption>')
		expect(page).toMatch(/<span class="bar-number">1<\/span><svg [^>]*aria-hidden="true"><rect width="100"/)
		expect(page).not.toContain('style=')
	})
})
