import { AppError } from './errors'

/**
 * Waits for an answer so long (ms) and no longer; then it rejects with `unavailable`. What was asked is not stopped, and
 * may still happen. For what runs by itself and would stand still for ever where an answer is lost on the way: a
 * connection that breaks in an unlucky moment can leave a question to the database without one.
 */
export async function within<T>(ms: number, asked: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new AppError('unavailable')), ms)
	})
	try {
		return await Promise.race([asked, late])
	} finally {
		clearTimeout(timer)
	}
}
