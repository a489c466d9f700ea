/**
 * "Welcome" to one woman, in eight scripts: whoever opens the page finds letters she knows. Like the names of languages
 * they are nobody's translation, so they are not in the catalogue. The two longest stand above and below the sprig.
 */
export const GREETINGS = [
	{ lang: 'ar', words: 'أهلاً بكِ' },
	{ lang: 'ti', words: 'እንቋዕ ብደሓን መጻእኪ' },
	{ lang: 'bg', words: 'Добре дошла' },
	{ lang: 'it', words: 'Benvenuta' },
	{ lang: 'bn', words: 'স্বাগতম' },
	{ lang: 'el', words: 'Καλώς ήρθες' },
	{ lang: 'ka', words: 'მოგესალმებით' },
	{ lang: 'zh-Hans', words: '欢迎你' },
] as const
