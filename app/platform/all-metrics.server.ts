import { randomUUID } from 'node:crypto'
import { AggregatorRegistry, Gauge } from 'prom-client'
import { askEach } from '~/db/client.server'
import { env } from './env.server'
import { metrics } from './metrics.server'
import { once } from './once.server'
import { within } from './patience'

/** A process that is busy or about to end is not waited for: it is missing from the answer. */
const ANSWERS_WITHIN_MS = 1_000

type Counted = Awaited<ReturnType<typeof metrics.getMetricsAsJSON>>

interface Asked {
	/** How many were asked; known a moment later. */
	of: number
	answers: Counted[]
	enough(): void
}

const asked = once('metrics:asked', () => new Map<string, Asked>())

/** What scripts/workers.mjs passes on between the processes that it started. */
interface Words {
	question?: { id: string; by: number }
	asked?: { id: string; of: number }
	reply?: { id: string; to: number; counted: Counted }
}

const say = (words: Words) => void process.send?.(words, undefined, undefined, () => {})

function take(id: string, change: (question: Asked) => void) {
	const question = asked.get(id)
	if (!question) return
	change(question)
	if (question.answers.length >= question.of) question.enough()
}

function hear({ question, asked: told, reply }: Words) {
	if (question) {
		const { id, by: to } = question
		metrics.getMetricsAsJSON().then(
			(counted) => say({ reply: { id, to, counted } }),
			() => {},
		)
	}
	if (told)
		take(told.id, (mine) => {
			mine.of = told.of
		})
	if (reply) take(reply.id, ({ answers }) => answers.push(reply.counted))
}

/** Begins to answer the other processes of this machine, and measures the database when somebody asks. */
export function openMetrics() {
	if (env().worker) process.on('message', (words) => hear(words as Words))
	once(
		'metric:database',
		() =>
			new Gauge({
				name: 'mimosa_database_answer_seconds',
				help: 'Time until both pools answered just now, waiting for a connection included; 1 for no answer',
				registers: [metrics],
				async collect() {
					const began = performance.now()
					const answered = within(
						ANSWERS_WITHIN_MS / 2,
						askEach().then(() => true),
					)
					const well = await answered.catch(() => false)
					this.set(well ? (performance.now() - began) / 1_000 : 1)
				},
			}),
	)
}

function askOthers(by: number) {
	const id = randomUUID()
	return new Promise<Counted[]>((resolve) => {
		const answers: Counted[] = []
		const enough = () => {
			clearTimeout(late)
			asked.delete(id)
			resolve(answers)
		}
		const late = setTimeout(enough, ANSWERS_WITHIN_MS)
		asked.set(id, { of: Number.POSITIVE_INFINITY, answers, enough })
		say({ question: { id, by } })
	})
}

/**
 * The counts of all processes of this machine in Prometheus' text format, whichever of them is asked; `process` says
 * whose each line is.
 */
export async function allMetrics(): Promise<string> {
	const { worker } = env()
	if (!worker) return metrics.metrics()
	const [own, others] = await Promise.all([metrics.getMetricsAsJSON(), askOthers(worker.slot)])
	return AggregatorRegistry.aggregate([own, ...others]).metrics()
}
