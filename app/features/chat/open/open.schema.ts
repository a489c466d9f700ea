import { z } from 'zod'
import type { Translated } from '~/db/schema/forum'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import { AnyRoom } from '../chat.schema'
import { SESSION } from '../led/session.limits'
import { Languages, line, oneOf } from '../led/session.schema'
import { OPEN_KEEP_DAYS } from './open.limits'

/** `name-it`, `about-it` and so on: each language may be left out, not all of them. */
const Texts = z.object(
	Object.fromEntries(
		UI_LOCALES.flatMap((tag) => [
			[`name-${tag}`, line(SESSION.name).default('')] as const,
			[`about-${tag}`, line(SESSION.about).default('')] as const,
		]),
	),
)

const Settings = z.object({
	languages: Languages,
	keepDays: oneOf(OPEN_KEEP_DAYS).default(0),
	holds: z.literal('yes').optional(),
})

type Words = Record<string, string>

/** What the form of an open room sends, taken apart into its texts and its settings. */
const RoomForm = z
	.intersection(Settings, Texts)
	.superRefine((form, context) => {
		const words = form as unknown as Words
		const empty = (field: string) =>
			context.addIssue({ code: 'custom', path: [field], message: 'errors:empty' })
		if (UI_LOCALES.every((tag) => words[`name-${tag}`] === '')) empty('name-en')
		for (const tag of UI_LOCALES) if (words[`about-${tag}`] && !words[`name-${tag}`]) empty(`name-${tag}`)
	})
	.transform(({ languages, keepDays, holds, ...texts }) => {
		const words = texts as Words
		const said = (what: 'name' | 'about') =>
			Object.fromEntries(
				UI_LOCALES.flatMap((tag) => (words[`${what}-${tag}`] ? [[tag, words[`${what}-${tag}`]]] : [])),
			) as Translated
		return {
			names: said('name'),
			about: said('about'),
			languages,
			keepDays: keepDays === 0 ? null : keepDays,
			holds: holds === 'yes',
		}
	})

/** `key`: made by the page, so that the form sent twice is one room. Without a space it is there for everyone. */
export const OpenRoom = z.intersection(
	z.object({
		key: AnyRoom.shape.room,
		space: z
			.union([z.literal(''), AnyRoom.shape.room], 'errors:choose')
			.default('')
			.transform((space) => space || null),
	}),
	RoomForm,
)

export const ChangeRoom = z.intersection(AnyRoom, RoomForm)
