import { z } from 'zod'
import { isLanguage } from '~/platform/i18n/languages'
import { fits, isStorable } from '~/platform/text'
import { MESSAGE, REACTIONS } from './chat.limits'

/** Nothing to see: blanks, joiners, marks of direction, and letters that are drawn as nothing. */
const INVISIBLE = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u

const Id = z.uuid('errors:notUnderstood')

const Body = z
	.string('errors:empty')
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
	.refine((text) => !INVISIBLE.test(text), 'errors:empty')
	.refine((text) => fits(text, MESSAGE), 'errors:tooLong')

/** A place in a room. Beyond 2^53 JavaScript can no longer count. */
const Cursor = z.int('errors:notUnderstood').min(0, 'errors:notUnderstood')

const Language = z.string('errors:notUnderstood').refine(isLanguage, 'errors:notUnderstood')

/** True by an event, `yes` by a form. */
const Flag = z.union([z.boolean(), z.enum(['yes', 'no']).transform((word) => word === 'yes')], {
	error: 'errors:notUnderstood',
})

export const SendMessage = z.object({
	room: Id,
	key: Id,
	body: Body,
	/** What it is written in, as she says. */
	language: Language.nullish().transform((tag) => tag ?? null),
	replyTo: Id.optional(),
	translationOf: Id.optional(),
	/** She was asked whether a number or an address shall really be sent. */
	sure: Flag.default(false),
})

/** The new words have a name of their own: on the page they must not be taken for a new message. */
export const EditMessage = z.object({ room: Id, id: Id, words: Body, sure: Flag.default(false) })

export const RemoveMessage = z.object({ room: Id, id: Id })

/** Without `on` the sign is put or taken away, whichever it is not. */
export const ReactToMessage = z.object({
	room: Id,
	id: Id,
	kind: z.enum(REACTIONS, 'errors:notUnderstood'),
	on: Flag.optional(),
})

export const WishForMessage = z.object({ room: Id, id: Id, language: Language, on: Flag.default(true) })

export const JoinRoom = z.object({ room: Id, after: Cursor })

export const AnyRoom = z.object({ room: Id })

/** How far she has read; a form sends it as text. */
export const ReadRoom = z.object({ room: Id, seq: z.coerce.number().pipe(Cursor) })

export const OlderMessages = z.object({ room: Id, before: Cursor })

const LOOKED_AT_MOST = 100

export const LookAtMessages = z.object({
	room: Id,
	ids: z.array(Id, 'errors:notUnderstood').max(LOOKED_AT_MOST, 'errors:notUnderstood'),
})
