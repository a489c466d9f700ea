import path from 'node:path'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { expect, test } from 'vitest'
import routes from '~/routes'
import * as missing from '~/routes/missing'
import { aMemberWithToken } from '../../factories/members'
import { open, send } from '../../factories/requests'

/** What stays open to a woman who waits for approval or is suspended: help, coming and going, and what is her own. */
const OPEN = [
	'',
	'help',
	'rules',
	'privacy',
	'exit',
	'language',
	'join',
	'join/codes',
	'welcome',
	'sign-in',
	'sign-in/second',
	'recover',
	'sign-out',
	'me',
	'me/profile',
	'me/safety',
	'me/devices',
	'me/data',
	'me/recovery',
	'me/blocked',
	'me/decisions',
	'me/referrals',
	'report/person',
	'healthz',
	'readyz',
	'metrics',
	'design',
]

type Route = { loader: (args: LoaderFunctionArgs) => unknown; action?: (args: LoaderFunctionArgs) => unknown }

const loaded = (file: string): Promise<Route> => import(/* @vite-ignore */ path.resolve('app', file))
const addresses = routes.map(({ path: address = '', file }) => ({ address, file }))
const closed = addresses.filter(({ address }) => !OPEN.includes(address) && address !== '*')

const ID = '11111111-1111-4111-8111-111111111111'
const params = { space: 'space', topic: ID, room: ID, match: ID, kind: 'post', id: ID, case: ID }
const withParams = (run: Route['loader']) => (args: LoaderFunctionArgs) => run({ ...args, params })
const bytes = (answer: { headers: Headers }) => JSON.stringify({ ...answer, headers: [...answer.headers] })

test('the list of what stays open names only addresses there are', () => {
	const all = addresses.map(({ address }) => address)
	expect(OPEN.filter((address) => !all.includes(address))).toEqual([])
	expect(closed.length).toBeGreaterThan(15)
})

test.each(closed)(
	'/$address is, to the byte, a missing address to who waits or is suspended',
	async (route) => {
		const { loader, action } = await loaded(route.file)
		for (const status of ['waiting', 'suspended'] as const) {
			const { token } = await aMemberWithToken({
				status,
				roles: [{ role: 'moderator' }, { role: 'coordinator' }],
			})
			const nothing = await open(missing.loader as never, '/nothing', { token })
			expect(nothing.status).toBe(404)
			expect(bytes(await open(withParams(loader), '/x', { token }))).toBe(bytes(nothing))
			if (action) expect(bytes(await send(withParams(action), '/x', {}, { token }))).toBe(bytes(nothing))
		}
	},
)

test.each(['help', 'rules', 'me', 'me/decisions', 'me/profile', 'me/safety', 'me/devices', 'welcome'])(
	'/%s stays open to her',
	async (page) => {
		const { file } = addresses.find(({ address }) => address === page)!
		const { loader } = await loaded(file)
		for (const status of ['waiting', 'suspended'] as const) {
			const { token } = await aMemberWithToken({ status })
			expect((await open(loader, `/${page}`, { token })).status).toBe(200)
		}
	},
)
