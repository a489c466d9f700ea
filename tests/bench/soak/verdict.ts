import type { SoakResult } from './soak'

/** What the first process says of itself when all went well. */
const REPLACED = 'every process was replaced'

type Judged = Pick<SoakResult, 'acts' | 'talk' | 'faults' | 'settled' | 'restarts'>

/** Everything that must not be, a line for each; empty when all went well. Memory is judged apart. */
export function wrongIn({ acts, talk, faults, settled }: Judged): string[] {
	const ofActs = Object.entries(acts).flatMap(([name, { done, wrong, unanswered }]) => [
		...Object.entries(wrong).map(([what, times]) => `${name}: ${what} (${times} times)`),
		...(unanswered > 0 ? [`${name}: ${unanswered} were never done`] : []),
		...(done === 0 ? [`${name}: never came about`] : []),
	])
	const ofTalk = (['lost', 'doubled', 'outOfOrder', 'unsent', 'troubles'] as const).flatMap((kind) => {
		const [first] = talk[kind]
		return first === undefined ? [] : [`chat, ${kind}: ${talk[kind].length}, such as "${first}"`]
	})
	return [
		...ofActs,
		...ofTalk,
		...(talk.deliveries === 0 ? ['chat: nobody heard anything'] : []),
		...(settled ? [] : ['it did not come to rest when the load was over']),
		...faults
			.filter((line) => !line.includes(REPLACED))
			.map((line) => `the server wrote: ${line.slice(0, 300)}`),
	]
}

const short = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)

/** The figures of a soak as Markdown. */
export function reportOf(result: SoakResult): string {
	const { acts, talk, cores, memory, restarts, again, seconds } = result
	const { read, window } = memory
	const rows = Object.entries(acts).map(
		([name, { done, p50, p99 }]) => `| ${name} | ${done} | ${short(p50)} / ${short(p99)} |`,
	)
	return [
		`${Math.round(seconds)} s, ${result.processes} processes on ${result.processors} processors; server ${short(cores.server)}, database ${short(cores.database)}, load ${short(cores.driver)}, machine ${short(cores.machine)} processors busy.`,
		['| what | done | p50 / p99 ms |', '| --- | --- | --- |', ...rows].join('\n'),
		`Rooms: ${talk.said} messages, ${talk.deliveries} shown on screens (p50 ${short(talk.p50)}, p99 ${short(talk.p99)} ms), ${talk.reconnects} connections cut; lost ${talk.lost.length}, doubled ${talk.doubled.length}, out of order ${talk.outOfOrder.length}.`,
		`Kept connections that ended under a request, which was sent once more: ${again}. ${restarts.map((one) => `Every process replaced after ${one.at} s, in ${short(one.seconds)} s.`).join(' ')}`,
		read
			? `Memory after ${Math.round(memory.window.readAt / 60)} min: ${short(read.largest)} MB in the largest process, ${short(read.all)} MB in all.`
			: '',
		window.figures
			? `From minute ${Math.round(window.from / 60)} to ${Math.round(window.to / 60)}: ${window.figures.slopeOfAll.toFixed(2)} MB a minute in all, ${window.figures.slopeOfSteepest.toFixed(2)} in the steepest process.`
			: '',
	]
		.filter(Boolean)
		.join('\n\n')
}
