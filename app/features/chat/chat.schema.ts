import { z } from 'zod'
import { graphemes, isStorable } from '~/platform/text'
import { MESSAGE } from './chat.limits'

/** Nothing to see: blanks, joiners, marks of direction, and letters that are drawn as nothing. */
const INVISIBLE = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u

const Id = z.uuid('errors:notUnderstood')

const Body = z
	.string('errors:empty')
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
	.refine((text) => !INVISIBLE.test(text), 'errors:empty')
	// Bytes first: counting graphemes of a whole book would take a second.
	.refine(
		(text) => new TextEncoder().encode(text).length <= MESSAGE.bytes && graphemes(text) <= MESSAGE.graphemes,
		'errors:tooLong',
	)

/** A place in a room. Beyond 2^53 JavaScript can no longer count. */
const Cursor = z.int('errors:notUnderstood').min(0, 'errors:notUnderstood')

export const SendMessage = z.object({ room: Id, key: Id, body: Body, replyTo: Id.optional() })

/** The new words have a name of their own: on the page they must not be taken for a new message. */
export const EditMessage = z.object({ room: Id, id: Id, words: Body })

export const RemoveMessage = z.object({ room: Id, id: Id })

export const JoinRoom = z.object({ room: Id, after: Cursor })

export const AnyRoom = z.object({ room: Id })
