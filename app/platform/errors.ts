/** What can go wrong on purpose. The edge picks the status, the catalogue (`errors:<code>`) picks the words. */
export const STATUS = {
	invalid: 422,
	'not-signed-in': 401,
	forbidden: 403,
	'not-found': 404,
	conflict: 409,
	'too-large': 413,
	'too-many': 429,
	unavailable: 503,
} as const

export type ErrorCode = keyof typeof STATUS

/** Field name → catalogue key of what to say beside it. */
export type FieldErrors = Record<string, string>

interface AppErrorOptions {
	fields?: FieldErrors
	/** Numbers and words the sentence in the catalogue needs (for example `{ count: 5 }` minutes). Never her text. */
	details?: Record<string, string | number>
	/** Only for `invalid`: 400 where the request could not be read at all, else 422. */
	status?: 400 | 422
}

/** An expected refusal. Everything else that is thrown is a fault of ours and is logged. */
export class AppError extends Error {
	readonly code: ErrorCode
	readonly status: number
	readonly fields: FieldErrors
	readonly details: Record<string, string | number>

	constructor(code: ErrorCode, { fields = {}, details = {}, status }: AppErrorOptions = {}) {
		super(code)
		this.name = 'AppError'
		this.code = code
		this.status = status ?? STATUS[code]
		this.fields = fields
		this.details = details
	}
}

/** Stops the start with one line for the operator; never shown to a visitor. */
export class StartError extends Error {
	readonly code = 'start'
}
