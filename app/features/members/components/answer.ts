import type { FormResult } from '~/ui/form-field'

/** Of several forms on a page, only the one that was sent shows the answer: `sent` is what tells it from the others. */
export const answerTo = (
	result: FormResult | undefined,
	sent: Record<string, string>,
): FormResult | undefined =>
	result && Object.entries(sent).every(([name, value]) => result.values?.[name] === value)
		? result
		: undefined
