import { z } from 'zod'
import { fits, type Size } from '~/platform/text'

/** One line of plain words, without the invisible characters that turn its neighbours around. */
export const OneLine = (size: Size) =>
	z
		.string('errors:empty')
		.transform((text) =>
			text
				.normalize('NFC')
				.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ')
				.trim(),
		)
		.refine((text) => /[\p{L}\p{N}]/u.test(text), 'errors:empty')
		.refine((text) => fits(text, size), 'errors:tooLong')
