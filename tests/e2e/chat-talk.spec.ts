import { expect, test } from '@playwright/test'
import {
	aReader,
	aRoom,
	aSpeaker,
	compose,
	enter,
	foldOf,
	SAID,
	said,
	say,
	saying,
	tap,
	WALKS,
	type Woman,
} from './chat-steps'
import { expectCalm, press } from './forum-steps'
import { inExample } from './house'
import { closeAll } from './people'

/** Her page tells how far she has read some seconds after she came. */
const TOLD_WITHIN_MS = 15_000

for (const { locale, scripts } of WALKS) {
	const way = `in ${locale}, scripts ${scripts ? 'on' : 'off'}`
	const words = SAID[locale]

	test(`what is said is answered, signed, translated, changed and taken back, ${way}`, async ({
		browser,
	}) => {
		test.setTimeout(120_000)
		const [speaker, reader] = await Promise.all([aSpeaker(browser, { locale, scripts }), aReader(browser)])
		const room = await aRoom(locale)
		await Promise.all([enter(speaker, room), enter(reader, room)])
		await expect(speaker.page.locator('main .empty')).toBeVisible()

		// A word, and the answer to it.
		await say(speaker, words.hello)
		const heard = saying(reader.page, words.hello)
		await expect(heard.locator('.bubble-text').first()).toHaveAttribute('lang', locale)
		await compose(reader, heard.locator('a[href*="?reply="]'))
		await say(reader, 'How good, we are glad.')
		await expect(said(reader.page, 'How good, we are glad.')).toBeVisible()
		await enter(speaker, room)
		const answer = saying(speaker.page, 'How good, we are glad.')
		await expect(answer.locator('.quote')).toContainText(words.hello.slice(0, 12))

		// A sign under it, which both see; given again it is gone.
		const picker = await foldOf(answer, '.signs[aria-label]')
		await tap(speaker, picker.locator('button[name=kind][value=heart]'))
		const sign = saying(reader.page, 'How good, we are glad.').locator('.bubble-foot > form.signs .sign')
		await expect(sign).toHaveCount(1)
		await tap(speaker, answer.locator('.bubble-foot > form.signs .sign'))
		await expect(sign).toHaveCount(0)

		// One asks to read it in her language; one who speaks both says it there.
		const wish = heard.locator('form:has([name=intent][value=wish]) button')
		await wish.click()
		await expect(wish).toHaveAttribute('aria-pressed', 'true')
		if (!scripts) await enter(speaker, room)
		const first = saying(speaker.page, words.hello).first()
		await compose(speaker, first.locator('.wish-offer'))
		await say(speaker, words.english)
		const pair = heard.first().locator('[data-item=translation]')
		await expect(pair.locator('.bubble-text')).toHaveText(words.english)
		await expect(pair.locator('.bubble-text')).toHaveAttribute('dir', 'ltr')

		// She changes her words, and takes others back.
		for (const body of [words.second, words.taken]) {
			await say(speaker, body)
			await expect(saying(reader.page, body)).toBeVisible()
		}
		const changing = await foldOf(saying(speaker.page, words.second), '[name=words]')
		await changing.locator('[name=words]').fill(words.changed)
		await press(speaker.page, changing.locator('form[id^=edit-] button[type=submit]'))
		await expect(saying(reader.page, words.changed)).toBeVisible()
		await expect(saying(reader.page, words.second)).toHaveCount(0)
		const removing = await foldOf(saying(speaker.page, words.taken), 'form[id^=remove-]')
		await press(speaker.page, removing.locator('form[id^=remove-] button[type=submit]'))
		await expect(saying(reader.page, words.taken)).toHaveCount(0)
		await expect(saying(speaker.page, words.taken)).toHaveCount(0)
		expectCalm([speaker, reader])
		await closeAll([speaker, reader])
	})

	test(`before a number goes to a whole room she is asked, ${way}`, async ({ browser }) => {
		const [speaker, reader] = await Promise.all([aSpeaker(browser, { locale, scripts }), aReader(browser)])
		const room = await aRoom(locale)
		await Promise.all([enter(speaker, room), enter(reader, room)])
		await say(speaker, words.number)
		const question = speaker.page.locator('#write [role=alert]')
		await expect(question).toBeVisible()
		await expect(speaker.page.locator('#write [name=body]')).toHaveValue(words.number)
		await expect(saying(speaker.page, words.number)).toHaveCount(0)

		// She thinks better of it.
		if (scripts) await question.locator('button[type=button]').click()
		await say(speaker, words.hello)
		await expect(saying(reader.page, words.hello)).toBeVisible()
		await expect(question).toHaveCount(0)

		// Another time she is sure.
		await say(speaker, words.number)
		await tap(speaker, question.locator('[name=sure]'))
		await expect(saying(reader.page, words.number)).toBeVisible()
		await expect(saying(speaker.page, words.number)).toHaveCount(1)
		expectCalm([speaker, reader])
		await closeAll([speaker, reader])
	})

	test(`what was said since she left is below a line, ${way}`, async ({ browser }) => {
		const [speaker, reader] = await Promise.all([aSpeaker(browser, { locale, scripts }), aReader(browser)])
		const room = await aRoom(locale)
		await enter(reader, room)
		await say(reader, 'Before she left.')
		await expect(said(reader.page, 'Before she left.')).toBeVisible()
		await enter(speaker, room)
		await expect(saying(speaker.page, 'Before she left.')).toBeVisible()
		await expect(speaker.page.locator('.talk-line.fresh')).toHaveCount(0)
		await readHere(speaker, room)
		await speaker.page.goto('/forum')
		await say(reader, 'After she left.')
		await expect(said(reader.page, 'After she left.')).toBeVisible()
		await enter(speaker, room)
		const since = speaker.page.locator('.talk-line.fresh')
		await expect(since).toBeVisible()
		await expect(speaker.page.locator('.talk-line.fresh ~ li [data-item=message]')).toHaveCount(1)
		await expect(saying(speaker.page, 'Before she left.')).toBeVisible()
		expectCalm([speaker, reader])
		await closeAll([speaker, reader])
	})
}

/** Says how far she has read, or waits until her page has said it. */
async function readHere({ page, scripts, handle }: Woman, room: string) {
	if (!scripts) return press(page, 'form.read-here button')
	const marks = () =>
		inExample(
			(sql) => sql`select 1 from room_marks join members on members.id = member_id
				where handle = ${handle} and room_id = ${room.split('/').at(-1)!} and seq > 0`,
		)
	await expect.poll(async () => (await marks()).length, { timeout: TOLD_WITHIN_MS }).toBe(1)
}

test('what she writes without a network goes once when it is back, and what she began stays', async ({
	browser,
}) => {
	const words = SAID.ar
	const [speaker, reader] = await Promise.all([
		aSpeaker(browser, { locale: 'ar', scripts: true }),
		aReader(browser),
	])
	const room = await aRoom('ar')
	let cut = false
	const lines = new Set<{ close(): Promise<void> }>()
	await speaker.page.routeWebSocket(/socket\.io/, (line) => {
		if (cut) return void line.close()
		lines.add(line)
		line.connectToServer()
	})
	await speaker.page.route(/socket\.io/, (route) => (cut ? route.abort() : route.continue()))
	await Promise.all([enter(speaker, room), enter(reader, room)])

	cut = true
	await speaker.context.setOffline(true)
	await Promise.all([...lines].map((line) => line.close()))
	await expect(speaker.page.locator('.room-line .connection.trying')).toBeVisible()
	await say(speaker, words.offline)
	await expect(saying(speaker.page, words.offline)).toHaveClass(/sending|not-sent/)
	await speaker.page.fill('#write [name=body]', words.draft)
	cut = false
	await speaker.context.setOffline(false)

	// A page made anew has both: what was on its way goes, what she began is in the field.
	await enter(speaker, room)
	await expect(speaker.page.locator('#write [name=body]')).toHaveValue(words.draft)
	await expect(saying(reader.page, words.offline)).toHaveCount(1)
	await expect(said(speaker.page, words.offline)).toHaveCount(1)
	await tap(speaker, speaker.page.locator('#write > button[type=submit]'))
	await expect(saying(reader.page, words.draft)).toHaveCount(1)
	for (const { page } of [speaker, reader]) {
		await page.goto(room)
		await expect(saying(page, words.offline)).toHaveCount(1)
		await expect(page.locator('[data-item=message]')).toHaveCount(2)
	}
	expect(speaker.foreign).toEqual([])
	expectCalm([reader])
	await closeAll([speaker, reader])
})

for (const { locale, scripts } of WALKS) {
	test(`her words leave a room, and the screen of whoever reads it, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		const words = SAID[locale]
		const [speaker, reader] = await Promise.all([aSpeaker(browser, { locale, scripts }), aReader(browser)])
		const room = await aRoom(locale)
		await Promise.all([enter(speaker, room), enter(reader, room)])
		for (const body of [words.hello, words.second]) {
			await say(speaker, body)
			await expect(saying(reader.page, body)).toBeVisible()
		}
		await say(reader, 'I read both.')
		await expect(said(reader.page, 'I read both.')).toBeVisible()
		await enter(speaker, room)
		await speaker.page.goto(`${room}/forget`)
		await press(speaker.page, 'main form button[type=submit]')
		for (const body of [words.hello, words.second]) await expect(saying(reader.page, body)).toHaveCount(0)
		await expect(saying(reader.page, 'I read both.')).toBeVisible()
		await expect(saying(speaker.page, 'I read both.')).toBeVisible()
		await expect(saying(speaker.page, words.hello)).toHaveCount(0)

		// There is nothing more to take out.
		await speaker.page.goto(`${room}/forget`)
		await expect(speaker.page.locator('main form button')).toHaveCount(0)
		expectCalm([speaker, reader])
		await closeAll([speaker, reader])
	})
}
