/** What is done later, unless the page ends before. */
export class Timers {
	private readonly running = new Set<ReturnType<typeof setTimeout>>()

	add(act: () => void, ms: number) {
		const timer = setTimeout(() => {
			this.running.delete(timer)
			act()
		}, ms)
		this.running.add(timer)
	}

	clear() {
		for (const timer of this.running) clearTimeout(timer)
	}
}
