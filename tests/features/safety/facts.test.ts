import { describe, expect, test } from 'vitest'
import { FIRST_FACTS, LEAVING_CANNOT, LEAVING_DOES, type SafetyFact, YOU_CAN } from '~/features/safety/facts'
import { PRIVACY } from '~/features/safety/privacy'
import { RULES } from '~/features/safety/rules'
import { fixedT } from '~/platform/i18n/i18n.server'

const t = fixedT('en')
const keysOf = ({ title, text }: SafetyFact) => [title, text]
/** Flesch-Kincaid stands at about 6 with sentences of this length and words of everyday. */
const WORDS_A_SENTENCE = 16

const sentences = (text: string) => text.split(/(?<=[.!?:])\s+/)
const words = (sentence: string) => sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length

describe('how to stay safe here', () => {
	test('the five facts that every woman must be told first are there, in words', () => {
		expect(FIRST_FACTS.map(({ title }) => title)).toEqual([
			'safety:facts.leaveTitle',
			'safety:facts.historyTitle',
			'safety:facts.tabsTitle',
			'safety:facts.watchedTitle',
			'safety:facts.sharedTitle',
		])
		for (const key of FIRST_FACTS.flatMap(keysOf)) expect(t(key)).not.toBe(key)
	})

	test('the help page tells them too, and says what leaving cannot do', () => {
		const all = [...LEAVING_DOES, ...LEAVING_CANNOT, ...YOU_CAN]
		for (const fact of FIRST_FACTS) expect(all).toContain(fact)
		const cannot = LEAVING_CANNOT.flatMap(keysOf)
			.map((key) => t(key))
			.join(' ')
		expect(cannot).toMatch(/browser/)
		expect(cannot).toMatch(/apps/)
	})

	test('nothing on the first page of a visitor says why anyone is here', () => {
		const first = [
			'title',
			'lead',
			'easy',
			'byCode',
			'ask',
			'askText',
			'mentor',
			'mentorText',
			'talk',
			'talkText',
			'leave',
		]
		const text = first.map((name) => t(`members:front.${name}`)).join(' ')
		expect(text).not.toMatch(/violen|refug|victim|abus|migra|shelter|asylum|surviv/i)
	})

	test('the sentences are short', () => {
		const facts = [
			...LEAVING_DOES,
			...LEAVING_CANNOT,
			...YOU_CAN,
			...[...RULES, ...PRIVACY].flatMap((part) => part.facts),
		]
		const long = facts
			.flatMap(keysOf)
			.flatMap((key) => sentences(t(key)))
			.filter((sentence) => words(sentence) > WORDS_A_SENTENCE)
		expect(long).toEqual([])
	})
})
