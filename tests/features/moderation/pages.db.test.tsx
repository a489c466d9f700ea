import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { eq } from 'drizzle-orm'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { messages } from '~/db/schema/chat'
import { posts, topics } from '~/db/schema/forum'
import { auditLog } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { readCase } from '~/features/moderation/cases.server'
import { Care } from '~/features/moderation/components/care'
import { CasePage } from '~/features/moderation/components/case-page'
import { Log } from '~/features/moderation/components/log'
import { MyDecisions } from '~/features/moderation/components/my-decisions'
import { Queue } from '~/features/moderation/components/queue'
import { ReportForm } from '~/features/moderation/components/report-form'
import { ReportPersonForm } from '~/features/moderation/components/report-person-form'
import { ReportSent } from '~/features/moderation/components/report-sent'
import { decide } from '~/features/moderation/decisions.server'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as onCase from '~/routes/moderation/case'
import * as onLog from '~/routes/moderation/log'
import * as onMine from '~/routes/moderation/my-decisions'
import * as onQueue from '~/routes/moderation/queue'
import * as onReport from '~/routes/moderation/report'
import * as onReportPerson from '~/routes/moderation/report-person'
import { subjects } from '~/routes/subjects.server'
import { aMemberWithToken } from '../../factories/members'
import { aModerator, aPost, aReport, aReportedMessage, aReportedPost } from '../../factories/moderation'
import { open, send } from '../../factories/requests'

type Params = Record<string, string>
type Route = { loader: (args: LoaderFunctionArgs) => unknown; action?: (args: ActionFunctionArgs) => unknown }

const read = (route: Route, path: string, params: Params = {}, token?: string) =>
	open((args) => route.loader({ ...args, params }), path, { token })

/** Sends a form and, where the answer is no redirect, reads the page in the same request, as Remix does without scripts. */
async function post(route: Route, path: string, fields: Params, params: Params, token?: string) {
	let result: unknown
	const answer = await send(
		async (args) => {
			const answered = await route.action!({ ...args, params })
			if (answered instanceof Response) return answered
			result = (answered as { data: unknown }).data
			return route.loader({ ...args, params } as LoaderFunctionArgs)
		},
		path,
		fields,
		{ token },
	)
	return { ...answer, result }
}

const aModeratorWithToken = () => aMemberWithToken({ roles: [{ role: 'moderator' }] })

/** The page as it is sent; every text of it must come from the catalogue. */
function render(page: ReactElement) {
	const html = renderToStaticMarkup(<I18nextProvider i18n={i18nFor('en')}>{page}</I18nextProvider>)
	expect(html).not.toMatch(/moderation:|common:|errors:|queue:|decisions:/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

/** What the form of a case's page says of the words it shows. */
async function shownOn(caseId: string, token: string) {
	const page = render(<CasePage {...dataOf(await read(onCase, '/moderation/x', { case: caseId }, token))} />)
	return /name="shown" value="([^"]+)"/.exec(page)![1]!
}

describe('doors', () => {
	const pages: [string, Route, Params][] = [
		['/moderation', onQueue, {}],
		['/moderation/log', onLog, {}],
		['/moderation/x', onCase, { case: crypto.randomUUID() }],
	]
	test.each(pages)('%s: nobody is asked to sign in, a member finds no page', async (path, route, params) => {
		const { token } = await aMemberWithToken()
		expect(await read(route, path, params)).toMatchObject({
			status: 303,
			to: `/sign-in?next=${encodeURIComponent(path)}`,
		})
		expect((await read(route, path, params, token)).status).toBe(404)
	})

	test('a case that is not hers is, byte for byte, one that is not there', async () => {
		const { caseId } = await aReportedPost()
		const { token } = await aMemberWithToken()
		const forms: Params[] = [
			{ intent: 'decide', decision: 'dismiss' },
			{ intent: 'read' },
			{ intent: 'undo' },
			{},
		]
		for (const fields of forms) {
			const [there, missing] = [
				await post(onCase, '/moderation/x', fields, { case: caseId }, token),
				await post(onCase, '/moderation/x', fields, { case: crypto.randomUUID() }, token),
			]
			expect(there.status).toBe(404)
			expect({ ...there, headers: [...there.headers] }).toEqual({ ...missing, headers: [...missing.headers] })
		}
	})

	test('reports and decisions of hers stay hers while she is suspended', async () => {
		const { token } = await aMemberWithToken({ status: 'suspended' })
		expect((await read(onMine, '/me/decisions', {}, token)).status).toBe(200)
		expect((await read(onMine, '/me/decisions')).status).toBe(303)
	})
})

describe('reporting', () => {
	test('says beforehand who reads it, keeps her words when something is missing, and then what happens next', async () => {
		const { id } = await aPost({ body: 'Rude words' })
		const { token } = await aMemberWithToken()
		const params = { kind: 'post', id }
		const form = await read(onReport, '/report', params, token)
		const page = render(<ReportForm reportable={dataOf(form).reportable} />)
		expect(page).toContain('Your name is not shown to them')
		expect(page).not.toContain('If only two of you write here')
		expect(page.match(/type="radio"/g)).toHaveLength(4)
		for (const reason of ['danger', 'frightens', 'asks', 'rude']) expect(page).toContain(`value="${reason}"`)

		const incomplete = await post(onReport, '/report', { words: 'It hurt me' }, params, token)
		expect(incomplete.result).toMatchObject({ ok: false, fields: { reason: 'errors:choose' } })
		const again = render(
			<ReportForm reportable={dataOf(incomplete).reportable} result={incomplete.result as never} />,
		)
		expect(again).toContain('It hurt me')

		const sent = await post(onReport, '/report', { reason: 'danger', words: 'Now' }, params, token)
		expect(sent).toMatchObject({ status: 303, to: `/report/post/${id}?sent` })
		const after = await read(onReport, `/report/post/${id}?sent`, params, token)
		expect(render(<ReportSent {...dataOf(after).sent} />)).toContain('href="/help"')
	})

	test('somebody by her name says that every name is answered alike, and leads to help where there is danger', async () => {
		const { token } = await aMemberWithToken()
		const page = render(<ReportPersonForm />)
		expect(page).toContain('The answer is always the same')
		expect(page.match(/type="radio"/g)).toHaveLength(4)
		const fields = { handle: 'Nobody', reason: 'danger', words: '' }
		const sent = await post(onReportPerson, '/report/person', fields, {}, token)
		expect(sent).toMatchObject({ status: 303, to: '/report/person?sent=danger' })
		const after = await read(onReportPerson, '/report/person?sent=danger', {}, token)
		expect(render(<ReportSent {...dataOf(after).sent} />)).toContain('If someone is in danger now')
		const mine = render(<MyDecisions {...dataOf(await read(onMine, '/me/decisions', {}, token))} />)
		expect(mine).toContain('It is waiting for a moderator')
		expect(mine).toContain('href="/report/person"')
	})

	test('from a room of two says that the other may guess; to all others there is nothing to report', async () => {
		const { message, reporter } = await aReportedMessage()
		const params = { kind: 'message', id: message.id }
		const { token } = await aMemberWithToken()
		expect((await read(onReport, '/report', params, token)).status).toBe(404)
		const hers = await open((args) => onReport.loader({ ...actingAs(args, reporter), params }), '/report')
		const page = render(<ReportForm reportable={dataOf(hers).reportable} />)
		expect(page).toContain('the other woman may guess that it was you')
		expect(page).toContain('You have reported this already')
	})
})

describe('a case with private text', () => {
	test('shows it in the answer to the press and in no page that is only read', async () => {
		const { caseId, author } = await aReportedMessage('My door code is 4711')
		const { token } = await aModeratorWithToken()
		const params = { case: caseId }
		const onRecord = await db.$count(auditLog)
		const before = await read(onCase, '/moderation/x', params, token)
		const closed = render(<CasePage {...dataOf(before)} />)
		expect(closed).toContain('Read it under this report')
		expect(closed).not.toContain('4711')
		expect(await db.$count(auditLog)).toBe(onRecord)

		const pressed = await post(onCase, '/moderation/x', { intent: 'read' }, params, token)
		const opened = render(<CasePage {...dataOf(pressed)} />)
		expect(opened).toContain('My door code is 4711')
		expect(opened).toContain(author.handle)
		expect(opened).toContain('It is on record now')
		expect(await db.$count(auditLog)).toBe(onRecord + 1)

		const later = await read(onCase, '/moderation/x', params, token)
		expect(JSON.stringify(later.body)).not.toContain('4711')
		expect(await db.$count(auditLog)).toBe(onRecord + 1)
	})
})

describe('deciding', () => {
	test('says what the person will read, and who was quicker', async () => {
		const { caseId } = await aReportedPost({ body: 'Rude words', reason: 'frightens', words: 'I am afraid' })
		const [first, second] = [await aModeratorWithToken(), await aModeratorWithToken()]
		const params = { case: caseId }
		const shown = await read(onCase, '/moderation/x', params, first.token)
		const page = render(<CasePage {...dataOf(shown)} />)
		for (const words of ['Rude words', 'I am afraid', 'A moderator has hidden something you wrote.'])
			expect(page).toContain(words)

		const seen = await shownOn(caseId, first.token)
		const form = { intent: 'decide', shown: seen, decision: 'hide', rule: 'threat', words: 'Not like this' }
		const decided = await post(onCase, '/moderation/x', form, params, first.token)
		expect(decided).toMatchObject({ status: 303, to: `/moderation/${caseId}` })
		const mine = await read(onCase, '/moderation/x', params, first.token)
		expect(render(<CasePage {...dataOf(mine)} />)).toContain('You can take this back for 10 more minutes')

		const late = await post(onCase, '/moderation/x', { ...form, decision: 'dismiss' }, params, second.token)
		const told = render(<CasePage {...dataOf(late)} result={late.result as never} />)
		expect(told).toContain('Another moderator was quicker')
		expect(told).toContain(first.actor.handle)
		expect(told).not.toContain('You can take this back for')
	})

	test('from the queue to the record and to her own page, in whole sentences', async () => {
		const { caseId, post: reported, reporter } = await aReportedPost({ body: 'Rude words' })
		const { token } = await aModeratorWithToken()
		const queue = await read(onQueue, '/moderation', {}, token)
		expect(render(<Queue {...dataOf(queue)} />)).toMatch(/data-item="case"[\s\S]*Rude words/)
		const seen = await shownOn(caseId, token)
		const form = { intent: 'decide', shown: seen, decision: 'hide', rule: 'insult', words: '' }
		await post(onCase, '/moderation/x', form, { case: caseId }, token)
		expect(render(<Queue {...dataOf(await read(onQueue, '/moderation', {}, token))} />)).toContain(
			'Nothing is waiting',
		)
		const done = await read(onQueue, '/moderation?show=decided', {}, token)
		expect(render(<Queue {...dataOf(done)} />)).toContain('Hidden')
		expect(render(<Log {...dataOf(await read(onLog, '/moderation/log', {}, token))} />)).toContain('Hidden')

		const { loader } = onMine
		const hers = await open((args) => loader(actingAs(args, reported.author)), '/me/decisions')
		const page = render(<MyDecisions {...dataOf(hers)} />)
		expect(page).toContain('Be respectful. Do not insult or mock anyone.')
		expect(page).toContain('A person decided this, not a machine.')
		expect(page).toContain('Ask for another look')
		for (const secret of [reporter.id, reporter.handle, caseId]) expect(page).not.toContain(secret)
	})

	test('and asking for another look, through the form', async () => {
		const { caseId, post: reported } = await aReportedPost()
		const { token } = await aModeratorWithToken()
		const seen = await shownOn(caseId, token)
		const form = { intent: 'decide', shown: seen, decision: 'hide', rule: 'insult' }
		await post(onCase, '/moderation/x', form, { case: caseId }, token)
		const [statement] = await db.select().from(statements)
		const raw = { intent: 'appeal', statement: statement!.id, words: 'I quoted someone' }
		const sent = await send((args) => onMine.action(actingAs(args, reported.author)), '/me/decisions', raw)
		expect(sent).toMatchObject({ status: 303, to: '/me/decisions' })
		const hers = await open((args) => onMine.loader(actingAs(args, reported.author)), '/me/decisions')
		expect(render(<MyDecisions {...dataOf(hers)} />)).toContain('You asked for another look')
		const queue = await read(onQueue, '/moderation', {}, token)
		expect(render(<Queue {...dataOf(queue)} />)).toContain('Asks for another look')
		const [asked] = dataOf(queue).cases as { id: string }[]
		const shown = await read(onCase, '/moderation/x', { case: asked!.id }, token)
		const page = render(<CasePage {...dataOf(shown)} />)
		expect(page).toContain('I quoted someone')
		expect(page).toContain('Another moderator looks at it now')
		expect(await db.$count(cases)).toBe(2)
	})
})

describe('a case on its page', () => {
	test('is folded, says whose it is and what was left for the next one, and works without scripts', async () => {
		const { caseId } = await aReportedPost({ body: 'Rude words' })
		const [first, second] = [await aModeratorWithToken(), await aModeratorWithToken()]
		const params = { case: caseId }
		const pageOf = async (token: string) =>
			render(<CasePage {...dataOf(await read(onCase, '/moderation/x', params, token))} />)
		const free = await pageOf(first.token)
		expect(free).toMatch(/<details class="fold"><summary>(?:(?!<\/details>)[\s\S])*Rude words/)
		expect(free).toContain('I take it')
		expect(free).toMatch(/due in (24 hours|1 day)/)
		expect(free).toContain('Nobody translates for moderators')
		expect(free).toContain('Nothing was decided about her in the last 12 months')

		const taken = await post(onCase, '/moderation/x', { intent: 'claim' }, params, first.token)
		expect(taken).toMatchObject({ status: 303, to: `/moderation/${caseId}` })
		expect(await pageOf(first.token)).toContain('Give it back')
		const theirs = await pageOf(second.token)
		expect(theirs).toContain(first.actor.handle)
		expect(theirs).not.toMatch(/value="decide"|value="claim"/)
		const late = await post(
			onCase,
			'/moderation/x',
			{ intent: 'decide', decision: 'dismiss' },
			params,
			second.token,
		)
		const told = render(<CasePage {...dataOf(late)} result={late.result as never} />)
		expect(told).toContain('Another moderator is looking at it now. Yours was not saved.')

		const empty = await post(onCase, '/moderation/x', { intent: 'note', note: '' }, params, first.token)
		expect(empty.result).toMatchObject({ ok: false, fields: { note: 'errors:empty' } })
		const handed = { intent: 'hand-over', note: 'Please ask her again' }
		expect(await post(onCase, '/moderation/x', handed, params, first.token)).toMatchObject({
			status: 303,
			to: '/moderation',
		})
		const next = await pageOf(second.token)
		expect(next).toContain('Please ask her again')
		expect(next).toContain('I take it')
	})

	test('shows what it said when it was reported, beside what it says now, and when it is gone', async () => {
		const { caseId, post: reported } = await aReportedPost({ body: 'Rude words' })
		const { token } = await aModeratorWithToken()
		const params = { case: caseId }
		const pageOf = async () =>
			render(<CasePage {...dataOf(await read(onCase, '/moderation/x', params, token))} />)
		expect(await pageOf()).not.toContain('When it was reported, it said:')
		await db.update(posts).set({ body: 'Kind words' }).where(eq(posts.id, reported.id))
		const edited = await pageOf()
		for (const words of ['Kind words', 'Rude words', 'When it was reported, it said:'])
			expect(edited).toContain(words)
		await db.delete(topics).where(eq(topics.id, reported.topicId))
		const gone = await pageOf()
		expect(gone).toContain('It is no longer there')
		expect(gone).toContain('Rude words')
	})

	test('says what was decided about her before and in like cases, without her words', async () => {
		const { caseId, post: reported } = await aReportedPost({ body: 'First rude words' })
		const { token } = await aModeratorWithToken()
		const seen = await shownOn(caseId, token)
		const form = { intent: 'decide', shown: seen, decision: 'hide', rule: 'insult', words: 'Told her once' }
		await post(onCase, '/moderation/x', form, { case: caseId }, token)
		const again = await aPost({ author: reported.author })
		const { caseId: second } = await aReport({ id: again.id })
		const shown = render(
			<CasePage {...dataOf(await read(onCase, '/moderation/x', { case: second }, token))} />,
		)
		expect(shown).toContain('Decided about her in the last 12 months: 1')
		expect(shown).toContain('Be respectful. Do not insult or mock anyone.')
		expect(shown).toMatch(/What was decided in cases like this(?:(?!<\/details>)[\s\S])*Be respectful/)
		for (const words of ['First rude words', 'Told her once']) expect(shown).not.toContain(words)
	})
})

describe('decided is what was read', () => {
	const HIDE = { intent: 'decide', decision: 'hide', rule: 'insult', words: 'Please be kind' }
	const pageAfter = (sent: { body: unknown; result?: unknown }) =>
		render(<CasePage {...dataOf(sent)} result={sent.result as never} />)

	test('words that changed meanwhile are shown anew, and her own are still in the form', async () => {
		const { caseId, post: reported } = await aReportedPost({ body: 'Rude words' })
		const { token } = await aModeratorWithToken()
		const shown = await shownOn(caseId, token)
		await db.update(posts).set({ body: 'Kind words' }).where(eq(posts.id, reported.id))
		const sent = await post(onCase, '/moderation/x', { ...HIDE, shown }, { case: caseId }, token)
		expect(sent.result).toMatchObject({ ok: false, code: 'conflict' })
		const page = pageAfter(sent)
		for (const words of ['The words have changed since you opened this page', 'Kind words', 'Please be kind'])
			expect(page).toContain(words)
		expect(await db.$count(statements)).toBe(0)
		expect((await db.select().from(posts).where(eq(posts.id, reported.id)))[0]!.hiddenAt).toBe(null)

		const again = /name="shown" value="([^"]+)"/.exec(page)![1]!
		expect(again).not.toBe(shown)
		const decided = await post(onCase, '/moderation/x', { ...HIDE, shown: again }, { case: caseId }, token)
		expect(decided.status).toBe(303)
	})

	test.each<Params>([{}, { shown: '' }, { shown: 'unopened' }, { shown: 'gone' }])(
		'a form that does not say what it showed is answered with the page anew: %o',
		async (change) => {
			const { caseId } = await aReportedPost({ body: 'Rude words' })
			const { token } = await aModeratorWithToken()
			const sent = await post(onCase, '/moderation/x', { ...HIDE, ...change }, { case: caseId }, token)
			expect(sent.result).toMatchObject({ ok: false, code: 'conflict' })
			expect(pageAfter(sent)).toContain('The words have changed since you opened this page')
			expect(await db.$count(cases, eq(cases.status, 'open'))).toBe(1)
		},
	)

	test('of what is private nothing is told before it is opened; opened, the form says what was read', async () => {
		const { caseId, message } = await aReportedMessage('Only you know this')
		const { token } = await aModeratorWithToken()
		expect(await shownOn(caseId, token)).toBe('unopened')
		const opened = await post(onCase, '/moderation/x', { intent: 'read' }, { case: caseId }, token)
		const page = render(<CasePage {...dataOf(opened)} />)
		expect(page).toContain('Only you know this')
		const shown = /name="shown" value="([^"]+)"/.exec(page)![1]!
		expect(shown).not.toBe('unopened')
		await db.update(messages).set({ body: 'Something else' }).where(eq(messages.id, message.id))
		const late = await post(onCase, '/moderation/x', { ...HIDE, shown }, { case: caseId }, token)
		expect(late.result).toMatchObject({ ok: false, code: 'conflict' })
		const unread = { ...HIDE, shown: 'unopened' }
		expect((await post(onCase, '/moderation/x', unread, { case: caseId }, token)).status).toBe(303)
	})

	test('words that change in the very moment of the decision are not decided about unread', async () => {
		const { caseId, post: reported } = await aReportedPost({ body: 'Rude words' })
		const moderator = await aModerator()
		const { shownMark: shown } = await readCase(subjects, moderator, caseId)
		const slow = subjects.map((subject) => ({
			...subject,
			async hide(...given: Parameters<typeof subject.hide>) {
				await db.update(posts).set({ body: 'Kind words' }).where(eq(posts.id, reported.id))
				await subject.hide(...given)
			},
		}))
		const attempt = decide({ subjects: slow })(moderator, { case: caseId, ...HIDE, shown })
		await expect(attempt).rejects.toMatchObject({ code: 'conflict', details: { changed: 'words' } })
		expect(await db.$count(statements)).toBe(0)
	})
})

test('a decision of another is taken back with a reason, in a form of its own', async () => {
	const { caseId } = await aReportedPost()
	await decide({ subjects })(await aModerator(), { case: caseId, decision: 'dismiss' })
	const { token } = await aModeratorWithToken()
	const params = { case: caseId }
	const shown = render(<CasePage {...dataOf(await read(onCase, '/moderation/x', params, token))} />)
	expect(shown).toContain('Why do you take it back?')
	const empty = await post(onCase, '/moderation/x', { intent: 'undo', why: ' ' }, params, token)
	expect(empty.result).toMatchObject({ ok: false, fields: { why: 'errors:empty' } })
	const refused = render(<CasePage {...dataOf(empty)} result={empty.result as never} />)
	expect(refused).toMatch(/<textarea(?=[^>]*name="why")(?=[^>]*aria-invalid="true")/)
	const done = await post(onCase, '/moderation/x', { intent: 'undo', why: 'A quote' }, params, token)
	expect(done).toMatchObject({ status: 303, to: `/moderation/${caseId}` })
	expect(render(<CasePage {...dataOf(await read(onCase, '/moderation/x', params, token))} />)).toContain(
		'A quote',
	)
})

describe('the page of the queue', () => {
	test('has a filter with the languages that wait, the clock, and a kind word on what she saw', async () => {
		const { caseId } = await aReportedPost({ body: 'Rude words' })
		await db.update(cases).set({ lang: 'el', dueAt: new Date(Date.now() - 20 * 60_000) })
		const { token } = await aModeratorWithToken()
		await post(onCase, '/moderation/x', { intent: 'claim' }, { case: caseId }, token)
		const { looks, ...queue } = dataOf(await read(onQueue, '/moderation?only=el', {}, token))
		const page = render(<Queue {...queue} care={<Care looks={looks} />} />)
		for (const words of [
			'overdue by 20 minutes',
			'1 report',
			'You are looking at it now',
			'href="/moderation?only=el"',
			'This week you looked at 1 case.',
			'Take a break',
		])
			expect(page).toContain(words)
		expect(render(<Care looks={21} />)).toContain('Nobody asks why.')
		const none = dataOf(await read(onQueue, '/moderation?only=bg', {}, token))
		expect(none.cases).toEqual([])
	})
})

/** The request of someone whose session is known already. */
function actingAs<Args extends LoaderFunctionArgs | ActionFunctionArgs>(args: Args, actor: unknown): Args {
	args.context.memo.set('actor', Promise.resolve(actor))
	return args
}
