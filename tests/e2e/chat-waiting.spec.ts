import { type Browser, expect, test } from '@playwright/test'
import { aReader, aRoom, aSpeaker, enter, SAID, said, say, saying, tap, WALKS } from './chat-steps'
import { aModerator, expectCalm, press, tellLanguages } from './forum-steps'
import { inExample } from './house'
import { closeAll } from './people'

/** Whom a room waits for: she looks after all spaces and reads this language. */
async function aReadingModerator(browser: Browser, language: string) {
	const moderator = await aModerator(browser, { locale: 'en' })
	await tellLanguages(moderator.page, [language])
	return moderator
}

for (const { locale, scripts } of WALKS) {
	const words = SAID[locale]

	test(`words wait until somebody who reads them is there, in ${locale}, scripts ${scripts ? 'on' : 'off'}`, async ({
		browser,
	}) => {
		test.setTimeout(120_000)
		const [speaker, reader, moderator] = await Promise.all([
			aSpeaker(browser, { locale, scripts }),
			aReader(browser),
			aReadingModerator(browser, locale),
		])
		const room = await aRoom(locale)
		await inExample((sql) => sql`update rooms set holds = true where id = ${room.split('/').at(-1)!}`)
		await Promise.all([enter(speaker, room), enter(reader, room)])

		// She sees her own words, that they wait and for whom; after a reload, too. Nobody else sees anything.
		await say(speaker, words.hello)
		const waits = saying(speaker.page, words.hello).locator('button[value=remove]')
		await expect(waits).toBeVisible()
		await enter(speaker, room)
		await expect(waits).toBeVisible()
		await enter(reader, room)
		await expect(saying(reader.page, words.hello)).toHaveCount(0)

		// What she takes back waits no longer.
		await say(speaker, words.taken)
		await expect(saying(speaker.page, words.taken)).toBeVisible()
		await tap(speaker, saying(speaker.page, words.taken).locator('button[value=remove]'))
		await expect(saying(speaker.page, words.taken)).toHaveCount(0)

		// A moderator says that she is there, reads, and lets it through: it comes to every screen, once.
		await moderator.page.goto('/moderation/held')
		await expect(moderator.page.locator('[data-item=held]')).toHaveCount(0)
		await press(moderator.page, '#duty form button[type=submit]')
		await moderator.page.goto('/moderation/held')
		const card = moderator.page.locator('[data-item=held]', { hasText: words.hello })
		await expect(card.locator('.bubble-text')).toHaveAttribute('lang', locale)
		await expect(moderator.page.locator('[data-item=held]', { hasText: words.taken })).toHaveCount(0)
		await press(moderator.page, card.locator('button[value=through]'))
		await expect(said(reader.page, words.hello)).toHaveCount(1)
		if (!scripts) await enter(speaker, room)
		await expect(said(speaker.page, words.hello)).toHaveCount(1)

		// While she is there nothing waits; when she has gone it does again.
		await say(speaker, words.second)
		await expect(said(reader.page, words.second)).toBeVisible()
		await moderator.page.goto('/moderation')
		await press(moderator.page, '#duty button[value=off-duty]')
		await say(speaker, words.changed)
		await expect(saying(speaker.page, words.changed).locator('button[value=remove]')).toBeVisible()
		await enter(reader, room)
		await expect(saying(reader.page, words.changed)).toHaveCount(0)

		expectCalm([speaker, reader, moderator])
		await closeAll([speaker, reader, moderator])
	})
}

test('who writes and what is read shows between two once both want it, and ends with either', async ({
	browser,
}) => {
	test.setTimeout(90_000)
	const [one, other] = await Promise.all([
		aSpeaker(browser, { locale: 'ar', scripts: true }),
		aReader(browser),
	])
	const [made] = await inExample(
		(sql) => sql<{ id: string }[]>`
			with made as (insert into rooms (kind, keep_days) values ('private', 30) returning id),
			seated as (insert into room_members (room_id, member_id)
				select made.id, members.id from made, members where handle in ${sql([one.handle, other.handle])})
			select id from made`,
	)
	const room = `/chat/${made!.id}`
	const turn = async (woman: typeof one, on: 'yes' | 'no') => {
		await woman.page.locator('#signs summary').click()
		await expect(woman.page.locator('#signs [name=on]')).toHaveValue(on)
		await press(woman.page, '#signs form button[type=submit]')
		await enter(woman, room)
	}
	await Promise.all([enter(one, room), enter(other, room)])

	// The wish of one changes nothing for the other, and says nothing to her.
	await turn(one, 'yes')
	await other.page.locator('#write [name=body]').pressSequentially('Sun')
	await expect(one.page.locator('.sign-writing')).toHaveCount(0)
	await expect(other.page.locator('.sign-writing')).toHaveCount(0)

	// With both: the name of who writes, until she has said it; then how far it was read.
	await turn(other, 'yes')
	await expect(one.page.locator('.sign-writing')).toBeAttached()
	await other.page.locator('#write [name=body]').pressSequentially('day at ten?')
	await expect(one.page.locator('.sign-writing')).toContainText(other.handle)
	await tap(other, other.page.locator('#write > button[type=submit]'))
	await expect(said(one.page, 'day at ten?')).toBeVisible()
	await expect(one.page.locator('.sign-writing')).toBeEmpty()
	await expect(other.page.locator('.sign-read')).toHaveCount(1, { timeout: 15_000 })

	// One has enough: it ends for both, on the open page at once.
	await turn(one, 'no')
	await expect(other.page.locator('.sign-read')).toHaveCount(0)
	await expect(other.page.locator('.sign-writing')).toHaveCount(0)
	await one.page.locator('#write [name=body]').pressSequentially('Yes')
	await expect(other.page.locator('.sign-writing')).toHaveCount(0)

	expectCalm([one, other])
	await closeAll([one, other])
})
