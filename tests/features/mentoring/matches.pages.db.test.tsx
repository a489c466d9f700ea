import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { MatchInterpreting } from '~/features/mentoring/together/components/match-interpreting'
import { MatchPage } from '~/features/mentoring/together/components/match-page'
import { giveFeedback } from '~/features/mentoring/together/feedback.server'
import { addGoal, readGoals } from '~/features/mentoring/together/goals.server'
import { addNote } from '~/features/mentoring/together/notes.server'
import type { FormResult } from '~/platform/http.server'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { action, loader } from '~/routes/mentoring/match'
import { aMatchAs, aMeeting, aMeetingForm, anInterpreter, type MatchState } from '../../factories/matches'
import { aMemberWithToken } from '../../factories/members'
import { act, anOffer } from '../../factories/mentoring'
import { open, send } from '../../factories/requests'

const LOCALES = ['en', 'it', 'es', 'el', 'bg', 'ar']

async function twoWithTokens() {
	const her = await aMemberWithToken()
	const mentor = await aMemberWithToken({ roles: [{ role: 'mentor' }], zone: 'Europe/Athens' })
	await anOffer(mentor.actor)
	return { her, mentor }
}

type Shown = Parameters<typeof MatchPage>[0] & {
	interpreting: Parameters<typeof MatchInterpreting>[0]['shown'] | null
}

/** The page as it is sent; every text of it must come from the catalogue. */
async function pageOf(match: string, token: string, locale = 'en', result?: FormResult) {
	const answer = await open(loader, `/mentoring/${match}`, { token, params: { match } })
	const data = answer.body as Shown
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			{data.interpreting ? (
				<MatchInterpreting shown={data.interpreting} result={result} />
			) : (
				<MatchPage {...data} result={result} />
			)}
		</I18nextProvider>,
	)
	// A key that is in no catalogue is shown as itself.
	expect(html.replace(/href="[^"]*"|value="[^"]*"/g, '')).not.toMatch(
		/\b(match|mentoring|errors|common):[a-z]/,
	)
	return html
}

const sendTo = (match: string, token: string, fields: Record<string, string>) =>
	send(action, `/mentoring/${match}`, fields, { token, params: { match } })

describe('the page', () => {
	const states: MatchState[] = [
		'asked',
		'proposed',
		'accepted',
		'settled',
		'paused',
		'declined',
		'lapsed',
		'withdrawn',
		'ended',
	]
	test.each(states)('is whole for both while it is %s, in every language', async (state) => {
		const { her, mentor } = await twoWithTokens()
		const match = await aMatchAs(state, her.actor, mentor.actor)
		if (state === 'proposed') await act(her.actor, match, 'yes')
		if (state === 'ended') await giveFeedback(her.actor, { match, mood: 'bad' })
		for (const locale of LOCALES)
			for (const { token } of [her, mentor]) expect(await pageOf(match, token, locale)).toContain('<h1>')
	})

	test('with meetings in both zones, goals, notes and an interpreter', async () => {
		const { her, mentor } = await twoWithTokens()
		const third = await aMemberWithToken()
		const match = await aMatchAs('accepted', her.actor, mentor.actor)
		await aMeeting(her.actor, mentor.actor, match)
		await sendTo(match, her.token, { intent: 'propose-meeting', ...aMeetingForm(match, { time: '18:00' }) })
		await addGoal(her.actor, { match, key: crypto.randomUUID(), words: 'A goal', language: 'en' })
		const [goal] = await readGoals(match)
		await addGoal(her.actor, {
			match,
			key: crypto.randomUUID(),
			goal: goal!.id,
			words: 'A step',
			language: 'en',
		})
		await addNote(her.actor, { match, key: crypto.randomUUID(), words: 'A note', language: 'en' })
		await anInterpreter(her.actor, mentor.actor, third.actor, match)
		for (const locale of LOCALES) {
			for (const { token } of [her, mentor, third]) await pageOf(match, token, locale)
		}
		const hers = await pageOf(match, her.token)
		expect(hers).toContain('15:00 (Central European Time)')
		expect(hers).toContain('For her: ')
		expect(hers).toContain('16:00 (Eastern European Time)')
		expect(await pageOf(match, mentor.token)).not.toContain('A note')
		const theirs = await pageOf(match, third.token)
		expect(theirs).not.toMatch(/A goal|A step|A note|18:00/)
		expect(theirs).toContain('15:00 (Central European Time)')
		// Whom each of the two links blocks stands in its name.
		for (const { handle } of [her.actor, mentor.actor])
			expect(theirs).toMatch(new RegExp(`<span>Block \\u2068${handle}\\u2069</span>`))
	})

	test('what the other one reads at the end is the sentence that was chosen', async () => {
		const { her, mentor } = await twoWithTokens()
		const quiet = await aMatchAs('accepted', her.actor, mentor.actor)
		expect((await sendTo(quiet, her.token, { intent: 'end', quietly: 'yes' })).to).toBe(`/mentoring/${quiet}`)
		expect(await pageOf(quiet, mentor.token)).toContain('The mentoring has ended')
		const said = await aMatchAs('ended', her.actor, mentor.actor)
		expect(await pageOf(said, mentor.token)).toContain('She has ended the mentoring')
		expect(await pageOf(said, mentor.token)).not.toContain('quietly')
	})
})

describe('its forms', () => {
	test('go on where they stand on the page', async () => {
		const { her, mentor } = await twoWithTokens()
		const match = await aMatchAs('accepted', her.actor, mentor.actor)
		const go = async (fields: Record<string, string>) => (await sendTo(match, her.token, fields)).to
		expect(await go({ intent: 'propose-meeting', ...aMeetingForm(match) })).toBe(
			`/mentoring/${match}#meetings`,
		)
		const goal = { intent: 'add-goal', goal: '', key: crypto.randomUUID(), words: 'A goal', language: 'en' }
		expect(await go(goal)).toBe(`/mentoring/${match}#goals`)
		expect(await go({ intent: 'pause' })).toBe(`/mentoring/${match}`)
		await act(her.actor, match, 'end')
		expect(await go({ intent: 'look-again' })).toBe('/mentoring/mentors')
	})

	test('tell at their field what is missing, with her words kept, and open the fold they stand in', async () => {
		const { her, mentor } = await twoWithTokens()
		const match = await aMatchAs('accepted', her.actor, mentor.actor)
		const sent = { intent: 'add-note', key: crypto.randomUUID(), words: 'kept words', language: 'xx' }
		const answer = await sendTo(match, her.token, sent)
		expect(answer.status).toBe(422)
		const html = await pageOf(match, her.token, 'en', answer.body as FormResult)
		expect(html).toContain('kept words')
		expect(html).toMatch(/<details class="fold" open=""><summary><svg[^>]*>.*?Write a note/)
	})

	test('of a button that no longer fits say what is so now', async () => {
		const { her, mentor } = await twoWithTokens()
		const match = await aMatchAs('ended', her.actor, mentor.actor)
		const answer = await sendTo(match, mentor.token, { intent: 'pause' })
		expect(answer.status).toBe(409)
		expect(await pageOf(match, mentor.token, 'en', answer.body as FormResult)).toContain(
			'This mentoring has ended.',
		)
	})

	test.each(['', 'erase', '__proto__', 'toString'])('an intent there is not: %s', async (intent) => {
		const { her, mentor } = await twoWithTokens()
		const match = await aMatchAs('accepted', her.actor, mentor.actor)
		expect((await sendTo(match, her.token, { intent })).status).toBe(422)
	})

	test('the interpreter who goes is sent away from the page', async () => {
		const { her, mentor } = await twoWithTokens()
		const third = await aMemberWithToken()
		const match = await aMatchAs('accepted', her.actor, mentor.actor)
		await anInterpreter(her.actor, mentor.actor, third.actor, match)
		expect((await sendTo(match, third.token, { intent: 'end-interpreter' })).to).toBe('/mentoring')
		expect((await open(loader, '/', { token: third.token, params: { match } })).status).toBe(404)
	})
})
