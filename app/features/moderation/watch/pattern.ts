import { RE2JS } from 're2js'
import { AppError } from '~/platform/errors'
import { forPatterns } from './normal'

/** Steps of a compiled pattern: with more of them, reading one long text would be felt. */
const STEPS_AT_MOST = 120

/**
 * A pattern that takes time in proportion to the text, whatever it says (R. Cox, "Regular Expression Matching Can Be
 * Simple And Fast", 2007): RE2 has no way back. Throws `invalid` at `text` for what is no pattern of RE2, or too large.
 */
export function compilePattern(text: string): RE2JS {
	const pattern = parsed(text)
	if (pattern.programSize() > STEPS_AT_MOST) {
		throw new AppError('invalid', { fields: { text: 'watch:refused.large' } })
	}
	return pattern
}

function parsed(text: string) {
	try {
		return RE2JS.compile(forPatterns(text), RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE)
	} catch {
		throw new AppError('invalid', { fields: { text: 'watch:refused.noPattern' } })
	}
}
