import { and, asc, eq } from 'drizzle-orm'
import { db } from '~/db/client.server'
import { betterSentences } from '~/db/schema/wording'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { asCoordinator } from '../people.server'
import { filesOf, type Tree } from './catalogue.server'
import { fitsNow } from './deciding.server'
import { lineDiff } from './line-diff'

/** A file of the catalogue as it is written: sorted already, one key on each line (T1 of the guards). */
const written = (tree: Tree) => `${JSON.stringify(tree, null, '\t')}\n`

/** The same file with one text changed. */
function withText(tree: Tree, [name, ...rest]: string[], text: string): Tree {
	const below = tree[name!]
	return { ...tree, [name!]: typeof below === 'object' ? withText(below, rest, text) : text }
}

/** What was taken and is not in the catalogue yet, by key; of two for the same sentence the one that was taken last. */
async function takenIn(locale: string): Promise<Map<string, string>> {
	const rows = await db
		.select()
		.from(betterSentences)
		.where(and(eq(betterSentences.locale, locale), eq(betterSentences.outcome, 'taken')))
		.orderBy(asc(betterSentences.decidedAt), asc(betterSentences.id))
	return new Map(rows.filter(fitsNow).map(({ key, better }) => [key, better]))
}

/**
 * All that was taken in a language, as a patch of its files. It names nobody. Throws `not-found` for everyone but
 * coordinators, and where there is nothing to change.
 */
export async function patchOf(actor: Actor, locale: string | undefined): Promise<string> {
	asCoordinator(actor)
	const taken = [...(await takenIn(locale ?? ''))].map(([key, text]) => [...key.split(':'), text])
	const diffs = Object.entries(filesOf(locale ?? '')).flatMap(([name, tree]) => {
		const changes = taken.filter(([file]) => file === name)
		if (changes.length === 0) return []
		const changed = changes.reduce((now, [, path, text]) => withText(now, path!.split('.'), text!), tree)
		return [lineDiff(`locales/${locale}/${name}.json`, written(tree), written(changed))]
	})
	if (diffs.length === 0) throw new AppError('not-found')
	return diffs.join('')
}
