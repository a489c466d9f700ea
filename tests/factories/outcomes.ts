import { AppError, type FieldErrors } from '~/platform/errors'

export interface Outcome {
	/** 'ok', or the code of the refusal. */
	code: string
	status?: number
	fields?: FieldErrors
	details?: Record<string, string | number>
}

/** What came of it. A fault that is no refusal of ours fails the test. */
export async function faultsOf(act: () => Promise<unknown>): Promise<Outcome> {
	try {
		await act()
		return { code: 'ok' }
	} catch (error) {
		if (!(error instanceof AppError)) throw error
		return { code: error.code, status: error.status, fields: error.fields, details: error.details }
	}
}

/** Only the code of it, for tables of refusals. */
export const codeOf = async (act: () => Promise<unknown>) => (await faultsOf(act)).code
