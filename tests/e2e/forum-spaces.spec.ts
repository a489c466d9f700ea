import { type BrowserContext, expect, test } from '@playwright/test'
import {
	aMark,
	aMember,
	ask,
	expectCalm,
	fillQuestion,
	postWith,
	press,
	spacesOf,
	WORDS,
} from './forum-steps'
import { aPerson, closeAll } from './people'

test.describe.configure({ timeout: 90_000 })

/** What an address answers, without what differs in every answer: its nonce, and the address itself. */
async function bytesOf(context: BrowserContext, path: string) {
	const reply = await context.request.get(path)
	const html = await reply.text()
	return `${reply.status()} ${html
		.replaceAll(/nonce="[^"]*"/g, '')
		.replaceAll(path, '')
		.replaceAll(encodeURIComponent(path), '')}`
}

test('a centre’s space is for its women, a practitioners’ for them; to others they are not there', async ({
	browser,
}) => {
	const [locale, words, mark] = ['bg', WORDS.bg, aMark()] as const
	const worker = await aPerson(browser, { locale, scripts: false, width: 1280, as: 'practitioner' })
	const outside = await aMember(browser, { locale, scripts: false })

	// She invites a woman of her centre with a card.
	await worker.page.goto('/coordination/invitations')
	await press(worker.page, '#make button[type=submit]')
	const invitation = (await worker.page.locator('[data-item=card] bdi.handle').first().textContent())!
	const inside = await aMember(browser, { locale, scripts: false, invitation })

	const [workers, womans, others] = [
		await spacesOf(worker.page),
		await spacesOf(inside.page),
		await spacesOf(outside.page),
	]
	const ofCentre = womans.filter((space) => !others.includes(space))
	const ofPractitioners = workers.filter((space) => !womans.includes(space))
	expect(ofCentre).toHaveLength(1)
	expect(workers).toContain(ofCentre[0])
	expect(ofPractitioners).toHaveLength(1)

	const question = { title: `${words.title} ${mark}`, body: words.body, language: locale }
	const hers = await ask(inside.page, question, ofCentre[0])
	const theirs = await ask(worker.page, { ...question, body: words.other }, ofPractitioners[0])
	await worker.page.goto(hers)
	await expect(postWith(worker.page, words.body)).toBeVisible()

	const closed = (topic: string) => [topic.slice(0, topic.lastIndexOf('/')), topic]
	for (const [woman, topics] of [
		[outside, [hers, theirs]],
		[inside, [theirs]],
	] as const) {
		const [nothing, nobody] = ['/forum/7b2a', '/forum/7b2a/7b2a']
		for (const [space, topic] of topics.map(closed)) {
			const missing = await bytesOf(woman.context, nothing)
			expect(missing).toMatch(/^404 /)
			expect(await bytesOf(woman.context, space!)).toBe(missing)
			expect(await bytesOf(woman.context, `${space}/new`)).toBe(
				await bytesOf(woman.context, `${nothing}/new`),
			)
			expect(await bytesOf(woman.context, topic!)).toBe(await bytesOf(woman.context, nobody))
		}
		await woman.page.goto(`/search?q=${mark}`)
		await expect(woman.page.locator('[data-item=hit]')).toHaveCount(2 - topics.length)
	}
	// A form for a space that is not hers is answered like one for none.
	await outside.page.goto(`${others[0]}/new`)
	await fillQuestion(outside.page, question)
	await outside.page
		.locator('#question-form')
		.evaluate((form, to) => form.setAttribute('action', to), `${ofCentre[0]}/new`)
	const refused = outside.page.waitForResponse((reply) => reply.request().method() === 'POST')
	await press(outside.page, '#question-form button[type=submit]:not([name])')
	expect((await refused).status()).toBe(404)

	// She leaves the centre: at once its space is gone for her, too.
	await inside.page.goto('/me/profile')
	await inside.page.locator('details:has(button[value=leave]) > summary').click()
	await press(inside.page, 'button[value=leave]')
	expect((await inside.page.goto(hers))?.status()).toBe(404)

	expectCalm([worker, outside, inside])
	await closeAll([worker, outside, inside])
})
