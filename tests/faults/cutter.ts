import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Asked by the driver of each new connection, before any query of ours: which array types there are. */
const STARTING = 'typcategory'

/** What a backend says when an administrator ends it: an ErrorResponse of severity FATAL, code 57P01. */
function lastWords() {
	const fields = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0')
	const head = Buffer.alloc(5)
	head.write('E')
	head.writeInt32BE(fields.length + 4, 1)
	return Buffer.concat([head, fields])
}

/** The ways a connection ends: the process is gone, the network is gone, the backend was told to go. */
const CUTS: ((near: Socket) => unknown)[] = [
	(near) => near.destroy(),
	(near) => near.resetAndDestroy(),
	(near) => near.end(lastWords()),
]

/**
 * Stands between the driver and the database and cuts the first connections while they start, one in each way.
 * Returns the address to use instead, and how many cuts are left.
 */
export async function cutWhileStarting(url: string) {
	const { hostname, port } = new URL(url)
	const left = [...CUTS]
	const server = createServer((near) => {
		const far = connect(Number(port), hostname)
		near.on('data', (chunk) => {
			const cut = chunk.includes(STARTING) ? left.shift() : undefined
			if (!cut) return far.write(chunk)
			far.destroy()
			cut(near)
		})
		far.on('data', (chunk) => near.write(chunk))
		near.on('close', () => far.destroy()).on('error', () => {})
		far.on('end', () => near.end()).on('error', () => near.destroy())
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	const inFront = new URL(url)
	inFront.port = String((server.address() as AddressInfo).port)
	return { url: inFront.href, left: () => left.length, close: () => server.close() }
}
