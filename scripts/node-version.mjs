// Read by Node versions too old for the rest: nothing newer than 2019 in here.
const OLDEST = { major: 20, minor: 11 }

/**
 * Runs `work` if this Node is new enough, else says so in one line.
 * @param {() => unknown} work
 */
export function onNewEnoughNode(work) {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
	if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return work()
	const line = `needs Node.js ${OLDEST.major}.${OLDEST.minor} or later, and this is ${process.versions.node}. Get it from nodejs.org`
	process.stderr.write(`mimosa: ${line}\n`)
	process.exitCode = 1
}
