/** The lists of topics, in the order of their tabs. */
export const LISTS = ['activity', 'new', 'unanswered', 'followed', 'mine'] as const
export type TopicListName = (typeof LISTS)[number]

export const isList = (name: string | null): name is TopicListName => LISTS.some((list) => list === name)

/** In place of a space's id in an address: every space she may enter. Ids are UUIDs, so the word is free. */
export const ALL_SPACES = 'all'

/** What she follows or asked she has chosen herself: there no language is left out. */
export const filtersLanguages = (list: TopicListName) => list !== 'followed' && list !== 'mine'

interface ListPlace {
	/** Null: all her spaces. */
	spaceId: string | null
	list: TopicListName
	/** Whether questions in every language are shown. */
	everyLanguage?: boolean
	before?: string | null
	after?: string | null
}

/** The address of a list; what is usual is left out of it. */
export function listPath({ spaceId, list, everyLanguage, before, after }: ListPlace): string {
	const query = new URLSearchParams()
	if (list !== 'activity') query.set('list', list)
	if (everyLanguage && filtersLanguages(list)) query.set('languages', 'all')
	if (before) query.set('before', before)
	if (after) query.set('after', after)
	const text = query.toString()
	return `/forum/${spaceId ?? ALL_SPACES}${text ? `?${text}` : ''}`
}
