import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client.server'
import { members } from '~/db/schema/members'
import { chooseLetters } from '~/features/members/letters.server'
import { saveProfile } from '~/features/members/profile.server'
import { action } from '~/routes/members/profile'
import { aMember, aMemberWithToken } from '../../factories/members'
import { codeOf } from '../../factories/outcomes'
import { send } from '../../factories/requests'

const lettersOf = async (id: string) =>
	(await db.select({ nastaliq: members.nastaliq }).from(members).where(eq(members.id, id)))[0]?.nastaliq

test('she has her pages in Nastaliq by a tick, and out of it without one', async () => {
	const [her, other] = [await aMember(), await aMember()]
	expect(await lettersOf(her.id)).toBe(false)
	await chooseLetters(her, { nastaliq: 'yes' })
	expect([await lettersOf(her.id), await lettersOf(other.id)]).toEqual([true, false])
	await chooseLetters(her, {})
	expect(await lettersOf(her.id)).toBe(false)
	expect(await codeOf(() => chooseLetters(her, { nastaliq: 'perhaps' }))).toBe('invalid')
})

test('the rest of what she says about herself leaves her letters alone', async () => {
	const her = await aMember()
	await chooseLetters(her, { nastaliq: 'yes' })
	await saveProfile(her, { about: 'I bake.' })
	expect(await lettersOf(her.id)).toBe(true)
})

test('the page takes the tick', async () => {
	const { token, actor } = await aMemberWithToken()
	const sent = await send(action, '/me/profile', { intent: 'letters', nastaliq: 'yes' }, { token })
	expect(sent.to).toBe('/me/profile?saved')
	expect(await lettersOf(actor.id)).toBe(true)
})
