const EVERY_MS = 60_000

/** The same steps as `formatRelative` on the server, so that a word never jumps when it is refreshed. */
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
	['year', 31_557_600],
	['month', 2_629_800],
	['week', 604_800],
	['day', 86_400],
	['hour', 3600],
	['minute', 60],
]

const formatter = (lang: string) => new Intl.RelativeTimeFormat(`${lang}-u-nu-latn`, { numeric: 'auto' })

/** Chrome has no words for some of our languages and silently uses English; then the server's words stay. */
function knows(words: Intl.RelativeTimeFormat, lang: string) {
	return /^en\b/.test(lang) || words.format(-3, 'minute') !== formatter('en').format(-3, 'minute')
}

function inWords(words: Intl.RelativeTimeFormat, seconds: number) {
	const step = STEPS.find(([, length]) => Math.abs(seconds) >= length)
	return step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, 'second')
}

/** Keeps "two minutes ago" true while a page stays open. The one use of Intl outside platform/i18n/format. */
export function refreshTimes() {
	const { lang } = document.documentElement
	const words = formatter(lang)
	if (!knows(words, lang)) return
	// A phone's clock can be wrong by days: count from what the server took as now, not from the phone's date.
	const started = performance.now()
	const shown = [...document.querySelectorAll<HTMLTimeElement>('time[data-relative]')]
	const ages = shown.map(
		(time) => Number(time.dataset.relative) || (Date.parse(time.dateTime) - Date.now()) / 1000,
	)
	setInterval(() => {
		const passed = (performance.now() - started) / 1000
		shown.forEach((time, index) => {
			time.textContent = inWords(words, (ages[index] ?? 0) - passed)
		})
	}, EVERY_MS)
}
