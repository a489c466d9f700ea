import type { Page } from '@playwright/test'

/** What stands right below a row of filters needs this much of the page between them. */
const ENOUGH_PX = 8

/** Rows of filters, by their names, that touch what follows them. */
export const touching = (page: Page) =>
	page.evaluate(
		(enough) =>
			[...document.querySelectorAll('.pills')].flatMap((row) => {
				const next = row.nextElementSibling
				if (!row.checkVisibility() || !next?.checkVisibility()) return []
				const between = next.getBoundingClientRect().top - row.getBoundingClientRect().bottom
				return between < enough ? [row.getAttribute('aria-label')] : []
			}),
		ENOUGH_PX,
	)
