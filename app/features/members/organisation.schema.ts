import { z } from 'zod'
import { hasAtMost, isStorable } from '~/platform/text'
import { ORGANISATION_NAME_AT_MOST } from './organisation-kinds'

/** Control characters, and those that turn the words around a name. */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu

/** What an organisation is called. */
export const OrganisationName = z
	.string('errors:empty')
	.max(ORGANISATION_NAME_AT_MOST * 10, 'errors:tooLong')
	.refine(isStorable, { error: 'errors:strangeCharacters', abort: true })
	.transform((text) => text.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim())
	.refine((text) => text !== '', 'errors:empty')
	.refine((text) => hasAtMost(text, ORGANISATION_NAME_AT_MOST), 'errors:tooLong')
