/** What a mentor agrees to, in the order of the page: `training:code.<point>`. */
export const CODE_POINTS = ['listen', 'secret', 'free', 'limits', 'help', 'end'] as const

/** Raised when the code says something new: whoever agreed to another one is asked again at her next change. */
export const CODE_VERSION = '1'
