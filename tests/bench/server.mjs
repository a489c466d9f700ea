import { serveWithWorkers } from '../../scripts/workers.mjs'

// The built server as scripts/start.mjs runs it, without the database it would bring. It says when all its processes
// serve, and leaves when whoever started it is gone.
const server = await serveWithWorkers({ count: Number(process.env.WORKERS) })
const leave = () => server.close().then(() => process.exit(0))
for (const name of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(name, leave)
process.on('SIGUSR2', server.replace)
process.send?.('serving')
