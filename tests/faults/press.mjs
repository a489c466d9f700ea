import autocannon from 'autocannon'

// Asks for one page from many connections, each as soon as it was answered, until it is ended or the time is over. Says
// what the first one who was refused was given, and at the end what was answered with which status, and how fast. A
// process of its own: whoever looks on must not be slowed by it.
const { url, connections, seconds, headers } = JSON.parse(process.argv[2])

let isTold = false

/** @param {import('autocannon').Client} client */
function lookForRefusal(client) {
	/** @type {{ names: string[], body: Buffer[] } | undefined} */
	let refusal
	client.on('headers', ({ statusCode, headers: names }) => {
		refusal = statusCode === 503 && !isTold ? { names, body: [] } : undefined
	})
	client.on('body', (part) => refusal?.body.push(Buffer.from(part)))
	client.on('response', () => {
		if (!refusal || isTold) return
		isTold = true
		process.send?.({ ...refusal, body: Buffer.concat(refusal.body).toString('base64') })
	})
}

/** @type {Record<string, number[]>} */
const took = {}
const pressing = autocannon(
	{ url, connections, duration: seconds, headers, timeout: 60, setupClient: lookForRefusal },
	(error, result) => {
		if (error) throw error
		const answers = Object.fromEntries(
			Object.entries(took).map(([status, ms]) => {
				ms.sort((a, b) => a - b)
				const at = (/** @type {number} */ share) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))]
				return [status, { count: ms.length, p50: at(0.5), p99: at(0.99) }]
			}),
		)
		process.send?.({ answers, errors: result.errors, timeouts: result.timeouts })
		process.disconnect?.()
	},
)
pressing.on('response', (_client, status, _bytes, ms) => {
	took[status] ??= []
	took[status].push(ms)
})
