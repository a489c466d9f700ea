interface Waiting<Asked, Given> {
	asked: Asked
	resolve(given: Given): void
	reject(error: unknown): void
}

interface Line<Asked, Given> {
	waiting: Waiting<Asked, Given>[]
	running: number
}

interface Batches<Asked, Given> {
	/** Answers all of them, in their order. Where it fails, it fails for all of the batch. */
	work(asked: Asked[]): Promise<readonly Given[]>
	/** Which of them can go together. */
	lineOf?(asked: Asked): string
	/** How many at most in one batch, and how many batches of a line at once. */
	size: number
	atOnce: number
}

/**
 * Does together what many ask for at one moment, first come, first served: whoever comes while all batches of her line
 * are under way waits for the next one. Nobody is answered by work that began before she asked.
 */
export function inBatches<Asked, Given>({
	work,
	lineOf = () => '',
	size,
	atOnce,
}: Batches<Asked, Given>): (asked: Asked) => Promise<Given> {
	const lines = new Map<string, Line<Asked, Given>>()

	async function run(batch: Waiting<Asked, Given>[]) {
		try {
			const given = await work(batch.map(({ asked }) => asked))
			for (const [at, { resolve }] of batch.entries()) resolve(given[at]!)
		} catch (error) {
			for (const { reject } of batch) reject(error)
		}
	}

	function runNext(name: string, line: Line<Asked, Given>) {
		while (line.running < atOnce && line.waiting.length > 0) {
			line.running += 1
			void run(line.waiting.splice(0, size)).then(() => {
				line.running -= 1
				runNext(name, line)
			})
		}
		if (line.running === 0) lines.delete(name)
	}

	return (asked) =>
		new Promise((resolve, reject) => {
			const name = lineOf(asked)
			const line = lines.get(name) ?? { waiting: [], running: 0 }
			lines.set(name, line)
			line.waiting.push({ asked, resolve, reject })
			// What else came in the same moment goes along.
			if (line.waiting.length === 1 && line.running === 0) setImmediate(runNext, name, line)
		})
}
