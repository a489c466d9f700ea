import { serveWithWorkers } from '../../../scripts/workers.mjs'

// The built server as scripts/start.mjs runs it, without the database it would bring. Its clock can be set wrong, and it
// leaves when whoever started it is gone.
const skew = Number(process.env.CLOCK_SKEW_MS || 0)
const workers = Number(process.env.WORKERS || 1)
const parent = process.ppid

if (skew) {
	const { now } = Date
	Date.now = () => now() + skew
	globalThis.Date = new Proxy(Date, {
		construct: (Time, given) => Reflect.construct(Time, given.length > 0 ? given : [Time.now()]),
	})
}

async function serveAlone() {
	const { serve } = await import(new URL('../../../build/server.js', import.meta.url).href)
	return serve()
}

const opened = workers > 1 ? serveWithWorkers({ count: workers }) : serveAlone()
// The first worker serves before all do.
process.on('SIGUSR2', () => opened.then(({ replace }) => replace?.()))
const server = await opened
const leave = () => server.close().then(() => process.exit(0))
for (const name of ['SIGTERM', 'SIGINT']) process.once(name, leave)
setInterval(() => process.ppid === parent || process.exit(1), 1_000).unref()
