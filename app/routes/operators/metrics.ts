import { timingSafeEqual } from 'node:crypto'
import { allMetrics } from '~/platform/all-metrics.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { page, type RequestArgs } from '~/platform/http.server'
import { metrics } from '~/platform/metrics.server'

function mayRead(header: string | null) {
	const token = env().metricsToken
	if (!token) return false
	const given = Buffer.from(header ?? '')
	const wanted = Buffer.from(`Bearer ${token}`)
	return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Prometheus' text format, for whoever holds METRICS_TOKEN; missing for everyone else. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		if (!mayRead(args.request.headers.get('authorization'))) throw new AppError('not-found')
		return new Response(await allMetrics(), { headers: { 'content-type': metrics.contentType } })
	})
