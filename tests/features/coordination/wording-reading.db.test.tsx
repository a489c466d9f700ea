import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '~/db/client.server'
import type { Translated } from '~/db/schema/forum'
import { ruleEditions } from '~/db/schema/house-rules'
import { organisations } from '~/db/schema/members'
import { organisationMembers } from '~/db/schema/ties'
import { listOpenRooms } from '~/features/chat/room-lists.server'
import { SpaceList } from '~/features/forum/components/space-list'
import { readSpaces } from '~/features/forum/spaces.server'
import { EditionPoints } from '~/features/members/editions/components/edition-points'
import { publishedEditions } from '~/features/members/editions/editions.server'
import { herOrganisations } from '~/features/members/organisations.server'
import { inHerWords, loadOrganisationWords } from '~/features/members/wording/organisation-words.server'
import { seeWordingIn } from '~/features/members/wording/seeing.server'
import { writeWording } from '~/features/members/wording/writing.server'
import { chainOf } from '~/platform/i18n/chain'
import { i18nFor } from '~/platform/i18n/i18n.server'
import { worded } from '~/routes/worded.server'
import { anOpenRoom } from '../../factories/chat'
import { aSpace } from '../../factories/forum'
import { aMember, anOrganisation } from '../../factories/members'

const ALL: Translated = { en: 'Work', ru: 'Работа', it: 'Lavoro', ar: 'عمل' }

afterEach(async () => {
	await db.delete(ruleEditions)
	await db.update(organisations).set({ names: {}, abouts: {} })
	await loadOrganisationWords()
})

describe('a text nobody wrote in her language', () => {
	test.each([
		['a reader of Ukrainian: English, and never Russian', 'uk', {}, 'en'],
		['one who reads Russian too', 'uk', { secondLocale: 'ru' }, 'ru'],
		['one who lives in Italy', 'uk', { hostCountry: 'IT' }, 'it'],
		['one who lives in Italy and reads Arabic', 'uk', { hostCountry: 'IT', secondLocale: 'ar' }, 'ar'],
		['one in whose language it is', 'ar', { secondLocale: 'ru', hostCountry: 'IT' }, 'ar'],
	])('%s', async (_who, locale, fields, lang) => {
		const space = await aSpace('Work', { names: ALL, descriptions: ALL })
		await anOpenRoom({ spaceId: space.id })
		const [english] = [{ points: ['Be kind'], news: 'New' }]
		const editions = Object.fromEntries(Object.keys(ALL).map((tag) => [tag, english]))
		await db.insert(ruleEditions).values({ number: 1, publishedAt: new Date(), texts: editions })
		const her = await aMember(fields)
		const [listed] = (await readSpaces(her, locale)).spaces
		expect(listed).toMatchObject({ name: { text: ALL[lang], lang }, description: { lang } })
		const [room] = await listOpenRooms(her, locale)
		expect(room!.space).toMatchObject({ text: ALL[lang], lang })
		expect(await publishedEditions(chainOf(locale, her))).toMatchObject([{ lang }])
	})

	test('an added rule stands in both languages of a page that is shown in two', async () => {
		const texts = {
			en: { points: ['Be kind', 'Keep it here'], news: 'New' },
			ar: { points: ['كوني لطيفة', 'ابقي الكلام هنا'], news: 'جديد' },
		}
		await db.insert(ruleEditions).values({ number: 1, publishedAt: new Date(), texts })
		const shown = async (also?: string) => {
			const editions = await publishedEditions(['en'], also)
			return renderToStaticMarkup(<EditionPoints edition={editions[0]!} />)
		}
		expect(await shown('ar')).toContain(
			'Keep it here <span class="with" lang="ar" dir="rtl">ابقي الكلام هنا</span>',
		)
		for (const also of [undefined, 'en', 'el']) expect(await shown(also)).not.toContain('class="with"')
	})

	test('carries its own language and direction; one in the language of the page does not', async () => {
		await aSpace('Work', { names: { en: 'Work', ar: 'عمل' }, descriptions: { en: 'Jobs' } })
		const her = await aMember({ secondLocale: 'ar' })
		const page = async (locale: string) =>
			renderToStaticMarkup(
				<I18nextProvider i18n={i18nFor(locale)}>
					<SpaceList spaces={(await readSpaces(her, locale)).spaces} invitedTo={[]} />
				</I18nextProvider>,
			)
		expect(await page('uk')).toContain('<bdi lang="ar" dir="rtl">عمل</bdi>')
		expect(await page('uk')).toContain('<bdi lang="en" dir="ltr">Jobs</bdi>')
		expect(await page('en')).not.toContain('lang="en"')
	})
})

describe('an organisation', () => {
	async function aHouse() {
		const { id } = await anOrganisation('Casa')
		const names = { el: 'Κάζα', en: 'House', ar: 'كازا' }
		const abouts = { en: 'A house for women', ru: 'Дом' }
		await db.update(organisations).set({ names, abouts }).where(eq(organisations.id, id))
		await loadOrganisationWords()
		return { id, name: 'Casa' }
	}

	test.each([
		['in her language', 'el', null, { text: 'Κάζα', lang: 'el' }],
		['in her second language', 'uk', 'ar', { text: 'كازا', dir: 'rtl' }],
		['as on its door, and not in English, for others', 'uk', null, 'Casa'],
		['as on its door, where the door speaks hers', 'it', 'ar', 'Casa'],
	])('is named %s', async (_how, locale, secondLocale, name) => {
		const house = await aHouse()
		expect(inHerWords({ secondLocale, hostCountry: 'IT' }, locale, house)).toMatchObject({ name })
	})

	test.each([
		['hers and the one on the door', 'el', 'it', 'Κάζα', { text: 'Casa', lang: 'it' }],
		['the one on the door and another', 'it', 'ar', 'Casa', { text: 'كازا', dir: 'rtl' }],
	])('has both names on a page that is shown in two: %s', async (_which, locale, also, text, beside) => {
		const house = await aHouse()
		const seen = inHerWords({ secondLocale: null, hostCountry: null, also }, locale, house)
		expect(seen.name).toMatchObject({ text, beside })
	})

	test('says what it does in both languages of such a page', async () => {
		const her = { secondLocale: null, hostCountry: null, also: 'en' }
		const { about } = inHerWords(her, 'ru', await aHouse())
		expect(about).toMatchObject({ text: 'Дом', beside: { text: 'A house for women', lang: 'en' } })
	})

	test('says what it does along her languages', async () => {
		const house = await aHouse()
		const about = (locale: string, secondLocale: string | null) =>
			inHerWords({ secondLocale, hostCountry: null }, locale, house).about
		expect(about('uk', null)).toMatchObject({ text: 'A house for women', lang: 'en' })
		expect(about('uk', 'ru')).toMatchObject({ lang: 'ru' })
	})

	test('is read as it was written a moment ago', async () => {
		const [ada, { id }] = [await aMember({ roles: [{ role: 'coordinator' }] }), await anOrganisation('Casa')]
		const her = await aMember()
		await db.insert(organisationMembers).values({ memberId: her.id, organisationId: id })
		expect(await herOrganisations(her, 'en')).toEqual([{ id, name: 'Casa', about: null }])
		const { things } = await seeWordingIn(worded, ada, 'en', { tag: 'en', state: null, page: null })
		const form = { kind: 'organisation', item: id, locale: 'en', state: 'done', seen: things[0]!.seen }
		await writeWording(worded, ada, { ...form, about: 'A house for women' })
		expect(await herOrganisations(her, 'en')).toMatchObject([{ about: { text: 'A house for women' } }])
	})
})
