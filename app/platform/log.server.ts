import { pino } from 'pino'
import { env } from './env.server'
import { once } from './once.server'

/** One line of JSON for each event. It is given ids, codes and counts, never names, addresses or anyone's words. */
export const log = once('log', () =>
	pino({ level: env().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }),
)

interface DatabaseFault {
	code: string
	constraint?: string
	table?: string
}

/**
 * The SQLSTATE of an error that came from the database, at whatever depth drizzle and the driver wrapped it.
 * Returns undefined for anything else.
 */
export function databaseFault(error: unknown): DatabaseFault | undefined {
	for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
		const { code, constraint_name, table_name } = at as {
			code?: string
			constraint_name?: string
			table_name?: string
		}
		if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
			return { code, constraint: constraint_name, table: table_name }
		}
	}
	return undefined
}

/** The name and the places of an error. Not its message: messages of drizzle and Postgres repeat the parameters. */
export function faultWithoutWords(error: unknown) {
	if (!(error instanceof Error)) return { name: typeof error }
	const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
	const cause = error.cause instanceof Error ? error.cause : undefined
	const code = (error as { code?: unknown }).code ?? (cause as { code?: unknown } | undefined)?.code
	return {
		name: error.name,
		code: typeof code === 'string' ? code : undefined,
		database: databaseFault(error),
		places: places
			.slice(0, 8)
			.map((line) => line.trim().replace(/\(?file:\/\/\S*?\/(build|app|node_modules)\//, '($1/')),
	}
}

/** Logs something that should not have happened. */
export function logFault(where: string, error: unknown) {
	log.error({ where, fault: faultWithoutWords(error) }, 'fault')
}
