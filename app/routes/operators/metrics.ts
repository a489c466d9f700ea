import { allMetrics } from '~/platform/all-metrics.server'
import { AppError } from '~/platform/errors'
import { page, type RequestArgs } from '~/platform/http.server'
import { mayReadMetrics, metrics } from '~/platform/metrics.server'

/** Prometheus' text format, for whoever holds METRICS_TOKEN; missing for everyone else. */
export const loader = (args: RequestArgs) =>
	page(args, async () => {
		if (!mayReadMetrics(args.request.headers.get('authorization'))) throw new AppError('not-found')
		return new Response(await allMetrics(), { headers: { 'content-type': metrics.contentType } })
	})
