import { readiness } from '~/platform/readiness.server'

/** Whether new people may be sent here. 503 while starting, leaving, or without a database. */
export async function loader() {
	const { ready, ...state } = await readiness()
	return Response.json(
		{ ready, ...state },
		{ status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
	)
}
