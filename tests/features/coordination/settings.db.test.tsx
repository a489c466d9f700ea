import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { auditLog, installation, members } from '~/db/schema/members'
import { SettingsPage } from '~/features/members/settings/components/settings-page'
import type { Settings } from '~/features/members/settings/settings.schema'
import {
	changeSettings,
	loadSettings,
	seeSettings,
	setting,
} from '~/features/members/settings/settings.server'
import { env } from '~/platform/env.server'
import { StartError } from '~/platform/errors'
import { i18nFor, UI_LOCALES } from '~/platform/i18n/i18n.server'
import * as route from '~/routes/coordination/settings'
import * as joinRoute from '~/routes/members/join'
import * as exitRoute from '~/routes/safety/exit'
import * as helpRoute from '~/routes/safety/help'
import { aMember, aMemberWithToken, joining } from '../../factories/members'
import { codeOf, faultsOf } from '../../factories/outcomes'
import { open, send } from '../../factories/requests'

const aCoordinator = () => aMember({ roles: [{ role: 'coordinator' }] })
const STARTS: Settings = {
	registration: 'open',
	firstPosts: 'slow',
	hostCountry: '',
	zone: 'Europe/Rome',
	exitUrl: 'https://www.wikipedia.org/',
}

afterEach(async () => {
	await db.delete(installation)
	await loadSettings()
	env().registration = 'open'
})

test('until something is set the environment says it; once set, the setting wins', async () => {
	const ada = await aCoordinator()
	expect(seeSettings(ada)).toEqual(STARTS)
	env().registration = 'code'
	expect(setting('registration')).toBe('code')
	await changeSettings(ada, { ...STARTS, registration: 'approval' })
	env().registration = 'open'
	expect(setting('registration')).toBe('approval')
	// What she left as it was is not set: the environment may still change it.
	expect((await db.select().from(installation)).map(({ key }) => key)).toEqual(['setting.registration'])
})

test('the zone is that of the country, until it is set', async () => {
	const ada = await aCoordinator()
	await changeSettings(ada, { ...STARTS, hostCountry: 'GR' })
	expect(setting('zone')).toBe('Europe/Athens')
	await changeSettings(ada, { ...STARTS, hostCountry: 'GR', zone: 'Europe/Sofia' })
	expect(setting('zone')).toBe('Europe/Sofia')
})

test('each change is on record, with who made it, and what stays as it was is not', async () => {
	const ada = await aCoordinator()
	await changeSettings(ada, { ...STARTS, firstPosts: 'hold', hostCountry: 'IT' })
	await changeSettings(ada, { ...STARTS, firstPosts: 'hold', hostCountry: 'IT' })
	const entries = await db.select().from(auditLog).where(eq(auditLog.actorId, ada.id)).orderBy(auditLog.seq)
	expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual([
		['setting.changed', 'firstPosts'],
		['setting.changed', 'hostCountry'],
	])
})

test('another process hears of a change by reading the table again', async () => {
	await db.insert(installation).values({ key: 'setting.firstPosts', value: 'hold' })
	expect(setting('firstPosts')).toBe('slow')
	await loadSettings()
	expect(setting('firstPosts')).toBe('hold')
})

test.each([
	['registration', 'closed'],
	['firstPosts', 'never'],
	['hostCountry', 'XX'],
	['zone', 'Mars/Olympus'],
	['exitUrl', 'http://example.org/'],
])('a wrong value of %s in the table stops the start with one line', async (key, value) => {
	await db.insert(installation).values({ key: `setting.${key}`, value })
	const failed = await loadSettings().catch((error) => error)
	expect(failed).toBeInstanceOf(StartError)
	expect(failed.message).toContain(`"${key}"`)
	expect(failed.message).not.toContain('\n')
})

describe('what is refused', () => {
	test.each([
		['registration', 'closed'],
		['firstPosts', ''],
		['hostCountry', 'US'],
		['zone', 'Europe/Atlantis'],
		['exitUrl', ''],
		['exitUrl', 'http://www.example.org/'],
		['exitUrl', 'javascript:alert(1)'],
		['exitUrl', 'https://localhost/'],
		['exitUrl', 'https://127.0.0.1/'],
		['exitUrl', 'https://[::1]/'],
		['exitUrl', 'https://intranet/'],
		['exitUrl', 'https://user:word@example.org/'],
		['exitUrl', 'https://example.org/?from=here'],
		['exitUrl', 'https://example.org/#here'],
		['exitUrl', 'https://example.org:8443/'],
		['exitUrl', `https://example.org/${'a'.repeat(200)}`],
	])('%s (%#)', async (key, value) => {
		const outcome = await faultsOf(async () =>
			changeSettings(await aCoordinator(), { ...STARTS, [key]: value }),
		)
		expect(outcome.code).toBe('invalid')
		expect(Object.keys(outcome.fields!)).toEqual([key])
		expect(await db.$count(installation)).toBe(0)
	})

	test.each(['moderator', 'mentor', 'member'] as const)(
		'a %s neither sees nor changes them',
		async (role) => {
			const actor = await aMember({ roles: role === 'member' ? [] : [{ role }] })
			expect(await codeOf(async () => seeSettings(actor))).toBe('not-found')
			expect(await codeOf(() => changeSettings(actor, { ...STARTS, firstPosts: 'hold' }))).toBe('not-found')
			expect(await codeOf(() => changeSettings(actor, {}))).toBe('not-found')
		},
	)
})

test('they act at once: joining, leaving and help follow them', async () => {
	const { token } = await aMemberWithToken({ roles: [{ role: 'coordinator' }] })
	const form = {
		...STARTS,
		registration: 'approval',
		hostCountry: 'SE',
		exitUrl: 'https://www.svt.se/vader',
	}
	expect(await send(route.action, '/coordination/settings', form, { token })).toMatchObject({
		status: 303,
		to: '/coordination/settings?saved',
	})
	expect((await open(joinRoute.loader, '/join')).body).toMatchObject({ needsApproval: true })
	await send(joinRoute.action, '/join', joining() as Record<string, string>)
	const [joined] = await db.select().from(members).where(eq(members.handle, 'Amina'))
	expect(joined?.status).toBe('waiting')
	expect((await open(exitRoute.loader as never, '/exit')).to).toBe('https://www.svt.se/vader')
	expect((await open(helpRoute.loader, '/help')).body).toMatchObject({ hostCountry: 'SE' })
})

test.each(UI_LOCALES)('the page has all its words in %s', (locale) => {
	const html = renderToStaticMarkup(
		<I18nextProvider i18n={i18nFor(locale)}>
			<SettingsPage settings={STARTS} saved={true} />
		</I18nextProvider>,
	)
	expect(html).not.toMatch(/coordination:|errors:|common:/)
	expect(html).toContain('https://www.wikipedia.org/')
})
