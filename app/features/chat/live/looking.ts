import type { Message } from '../chat.wire'

const AT_ONCE = 100

/** Messages to be looked at: asked for together, and again after the next connection where no answer came. */
export class Looking {
	private readonly waiting = new Set<string>()
	private busy = false

	constructor(
		/** Undefined where there was no answer. */
		private readonly ask: (ids: readonly string[]) => Promise<readonly Message[] | undefined>,
		private readonly done: (ids: readonly string[], messages: readonly Message[]) => void,
	) {}

	add(ids: readonly string[]) {
		for (const id of ids) this.waiting.add(id)
		this.goOn()
	}

	goOn() {
		if (!this.busy && this.waiting.size > 0) void this.run()
	}

	private async run() {
		this.busy = true
		const ids = [...this.waiting].slice(0, AT_ONCE)
		for (const id of ids) this.waiting.delete(id)
		const messages = await this.ask(ids)
		this.busy = false
		if (messages) {
			this.done(ids, messages)
			this.goOn()
		} else for (const id of ids) this.waiting.add(id)
	}
}
