import { vi } from 'vitest'
import { pool } from '~/db/client.server'

interface Statement {
	text: string
	values: unknown[]
}

/** Records what is sent to the database while `act` runs (transactions aside, which have connections of their own). */
export async function statementsOf(act: () => Promise<unknown>): Promise<Statement[]> {
	const sent: Statement[] = []
	const spy = vi.spyOn(pool, 'unsafe')
	await act()
	for (const [text, values] of spy.mock.calls) sent.push({ text, values: [...((values as unknown[]) ?? [])] })
	spy.mockRestore()
	return sent
}

/** What the transactions of `act` send to the database, in order. */
export async function sentInside(act: () => Promise<unknown>) {
	const begin = pool.begin.bind(pool) as (run: (sql: unknown) => unknown) => Promise<unknown>
	const sent: string[] = []
	const spy = vi.spyOn(pool, 'begin').mockImplementation(((run: (sql: unknown) => unknown) =>
		begin((client) =>
			run(
				new Proxy(client as typeof pool, {
					get: (target, name) => {
						if (name !== 'unsafe') return Reflect.get(target, name)
						return (text: string, ...rest: never[]) => {
							sent.push(text)
							return target.unsafe(text, ...rest)
						}
					},
				}),
			),
		)) as never)
	await act()
	spy.mockRestore()
	return sent
}

/** How far the database's own log has come: where it stands still, nothing was written and no COMMIT waited. */
export async function written(): Promise<bigint> {
	const [row] = await pool.unsafe(`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as at`)
	return BigInt(row!.at)
}

interface Plan {
	'Node Type': string
	'Index Name'?: string
	'Relation Name'?: string
	Plans?: Plan[]
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

const planIn = (row: unknown) => (row as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan

/**
 * As a statement goes once it is kept (client.server.ts): planned without looking at what is asked for. Over the simple
 * protocol, which alone knows a statement with parameters and no values.
 */
async function keptPlan({ text }: Statement): Promise<Plan[]> {
	const [row] = await pool.unsafe(`explain (generic_plan, format json) ${text}`).simple()
	return nodesOf(planIn(row))
}

const scannedIn = (nodes: Plan[]) =>
	nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : []))

/** The tables a statement reads from end to end, as the planner means to run it with these values. */
export async function scannedTables({ text, values }: Statement): Promise<string[]> {
	const [row] = await pool.unsafe(`explain (format json) ${text}`, values as never[])
	return scannedIn(nodesOf(planIn(row)))
}

/** The tables a statement reads from end to end when it is kept. */
export const scannedWhenKept = async (statement: Statement) => scannedIn(await keptPlan(statement))

/** The indexes a statement reads when it is kept. */
export const indexesOf = async (statement: Statement) =>
	(await keptPlan(statement)).flatMap((node) => node['Index Name'] ?? [])

/** How many blocks of the database running the statement takes: its cost, the same on any machine. */
export async function blocksRead({ text, values }: Statement): Promise<number> {
	const [row] = await pool.unsafe(`explain (analyze, buffers, format json) ${text}`, values as never[])
	const [{ Plan: plan }] = (row as unknown as { 'QUERY PLAN': [{ Plan: Record<string, number> }] })[
		'QUERY PLAN'
	]
	return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!
}
