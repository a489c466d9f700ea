import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog } from '~/db/schema/members'
import { cases, statements } from '~/db/schema/moderation'
import { CasePage } from '~/features/moderation/components/case-page'
import { Log } from '~/features/moderation/components/log'
import { MyDecisions } from '~/features/moderation/components/my-decisions'
import { Queue } from '~/features/moderation/components/queue'
import { ReportForm } from '~/features/moderation/components/report-form'
import { ReportSent } from '~/features/moderation/components/report-sent'
import { i18nFor } from '~/platform/i18n/i18n.server'
import * as onCase from '~/routes/moderation/case'
import * as onLog from '~/routes/moderation/log'
import * as onMine from '~/routes/moderation/my-decisions'
import * as onQueue from '~/routes/moderation/queue'
import * as onReport from '~/routes/moderation/report'
import { aMemberWithToken } from '../../factories/members'
import { aPost, aReportedMessage, aReportedPost } from '../../factories/moderation'
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
	expect(html).not.toMatch(/moderation:|common:|errors:/)
	return html
}

// biome-ignore lint/suspicious/noExplicitAny: a loader's data, given to the page it belongs to
const dataOf = (answer: { body: unknown }) => answer.body as any

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
		expect(page.match(/type="radio"/g)).toHaveLength(6)

		const incomplete = await post(onReport, '/report', { reason: 'other', words: '' }, params, token)
		expect(incomplete.result).toMatchObject({ ok: false, fields: { words: 'errors:empty' } })
		const again = render(
			<ReportForm reportable={dataOf(incomplete).reportable} result={incomplete.result as never} />,
		)
		expect(again).toMatch(/value="other"[^>]*checked|checked[^>]*value="other"/)

		const sent = await post(onReport, '/report', { reason: 'danger', words: 'Now' }, params, token)
		expect(sent).toMatchObject({ status: 303, to: `/report/post/${id}?sent` })
		const after = await read(onReport, `/report/post/${id}?sent`, params, token)
		expect(render(<ReportSent {...dataOf(after).sent} />)).toContain('href="/help"')
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
		const { caseId } = await aReportedPost({ body: 'Rude words', reason: 'threat', words: 'I am afraid' })
		const [first, second] = [await aModeratorWithToken(), await aModeratorWithToken()]
		const params = { case: caseId }
		const shown = await read(onCase, '/moderation/x', params, first.token)
		const page = render(<CasePage {...dataOf(shown)} />)
		for (const words of ['Rude words', 'I am afraid', 'A moderator has hidden something you wrote.'])
			expect(page).toContain(words)

		const form = { intent: 'decide', decision: 'hide', rule: 'threat', words: 'Not like this' }
		const decided = await post(onCase, '/moderation/x', form, params, first.token)
		expect(decided).toMatchObject({ status: 303, to: `/moderation/${caseId}` })
		const mine = await read(onCase, '/moderation/x', params, first.token)
		expect(render(<CasePage {...dataOf(mine)} />)).toContain('You can take this back for 10 more minutes')

		const late = await post(onCase, '/moderation/x', { ...form, decision: 'dismiss' }, params, second.token)
		const told = render(<CasePage {...dataOf(late)} result={late.result as never} />)
		expect(told).toContain('Another moderator was quicker')
		expect(told).toContain(first.actor.handle)
		expect(told).not.toContain('Take it back')
	})

	test('from the queue to the record and to her own page, in whole sentences', async () => {
		const { caseId, post: reported, reporter } = await aReportedPost({ body: 'Rude words' })
		const { token } = await aModeratorWithToken()
		const queue = await read(onQueue, '/moderation', {}, token)
		expect(render(<Queue {...dataOf(queue)} />)).toMatch(/data-item="case"[\s\S]*Rude words/)
		const form = { intent: 'decide', decision: 'hide', rule: 'insult', words: '' }
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
		const form = { intent: 'decide', decision: 'hide', rule: 'insult' }
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

/** The request of someone whose session is known already. */
function actingAs<Args extends LoaderFunctionArgs | ActionFunctionArgs>(args: Args, actor: unknown): Args {
	args.context.memo.set('actor', Promise.resolve(actor))
	return args
}
