import { formatRelative } from '../platform/i18n/format'
import { keepPack, type Pack } from '../platform/i18n/format-packs'

const EVERY_MS = 60_000

/** How the page's language says it, fetched once a page has been open long enough to need it (docs/decisions/023). */
async function fetchPack(address: string, lang: string) {
	const answer = await fetch(address)
	if (!answer.ok) throw new Error(answer.statusText)
	keepPack(lang, (await answer.json()) as Pack)
}

/** Keeps "two minutes ago" true while a page stays open, in the words the server would say. */
export function refreshTimes() {
	const { lang } = document.documentElement
	const address = (document.currentScript as HTMLScriptElement | null)?.dataset.formats
	const shown = [...document.querySelectorAll<HTMLTimeElement>('time[data-relative]')]
	if (!address || shown.length === 0) return
	// A phone's clock can be wrong by days: count from what the server took as now, not from the phone's date.
	const started = performance.now()
	const ages = shown.map((time) => Number(time.dataset.relative))
	const sayAgain = () => {
		const passed = performance.now() - started
		shown.forEach((time, index) => {
			time.textContent = formatRelative(lang, new Date(ages[index]! * 1000), new Date(passed))
		})
	}
	let pack: Promise<void> | undefined
	setInterval(() => {
		pack ??= fetchPack(address, lang)
		// Without it the words stay as they came; the next minute asks again.
		pack.then(sayAgain, () => {
			pack = undefined
		})
	}, EVERY_MS)
}
