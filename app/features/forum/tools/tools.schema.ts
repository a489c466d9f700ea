import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { isUuid } from '~/platform/text'
import { Title } from '../forum.schema'

/** Posts that one form can split off. */
export const SPLIT_AT_MOST = 100

const place = { space: z.string(), topic: z.string() }

/** The topic an address of ours leads to, however it was copied. */
function topicIn(address: string): string | undefined {
	const [, topic] = /\/forum\/[\w-]+\/([0-9a-f-]{36})(?![\w-])/i.exec(address) ?? []
	return isUuid(topic) ? topic : undefined
}

export const Mark = z.object({ ...place, intent: z.enum(['pin', 'unpin', 'lock', 'unlock']) })

export const Move = z.object({ ...place, to: z.uuid('forum:manage.wrong.space') })

export const Merge = z.object({
	...place,
	into: z
		.string('forum:manage.wrong.address')
		.transform((address) => topicIn(address) ?? '')
		.refine((topic) => topic !== '', 'forum:manage.wrong.address'),
})

export const Split = z.object({
	...place,
	title: Title,
	language: z.string('errors:notLanguage').refine(isLanguage, 'errors:notLanguage'),
	/** The form's own key: sent twice, it is still one new topic. */
	key: z.uuid('errors:notUnderstood'),
	posts: z
		.union([z.string(), z.array(z.string())], 'forum:manage.wrong.none')
		.transform((ids) => [...new Set([ids].flat())])
		.refine((ids) => ids.every(isUuid), 'errors:notUnderstood')
		.refine((ids) => ids.length <= SPLIT_AT_MOST, 'errors:tooMany'),
})
