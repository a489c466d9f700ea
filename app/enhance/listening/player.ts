import { cut, type Piece } from './pieces'
import { voiceFor } from './voices'

export type State = 'off' | 'on' | 'paused'

const TYPES: Record<string, string> = { opus: 'audio/ogg; codecs=opus', m4a: 'audio/mp4', mp3: 'audio/mpeg' }

/**
 * Says pieces one after the other. It stops and goes on by its own count, because what `pause` does differs from device
 * to device.
 */
export class Player {
	#pieces: Piece[] = []
	#at = 0
	/** Goes up with every stop: what an older turn still reports is nothing to us. */
	#turn = 0
	#state: State = 'off'
	/** Kept, or Chrome forgets it and never says that it has ended. */
	#spoken?: SpeechSynthesisUtterance
	/** One for all clips: who may play one by her tap may play the next. */
	readonly #audio = new Audio()

	constructor(
		private readonly told: (state: State) => void,
		private readonly voices: () => readonly SpeechSynthesisVoice[],
	) {}

	get state() {
		return this.#state
	}

	begin(pieces: Piece[]) {
		this.#pieces = pieces
		this.#at = 0
		this.goOn()
	}

	goOn() {
		this.#tell('on')
		this.#say()
	}

	pause() {
		this.#silence()
		this.#tell('paused')
	}

	stop() {
		this.#silence()
		this.#mark()
		if (this.#state !== 'off') this.#tell('off')
	}

	#tell(state: State) {
		this.#state = state
		this.told(state)
	}

	#silence() {
		this.#turn += 1
		if (this.#spoken) this.#spoken.onend = this.#spoken.onerror = null
		window.speechSynthesis?.cancel()
		this.#audio.pause()
	}

	/** Shows which words are being said. */
	#mark(element?: HTMLElement) {
		for (const heard of document.querySelectorAll('.heard'))
			if (heard !== element) heard.classList.remove('heard')
		element?.classList.add('heard')
		element?.scrollIntoView({ block: 'nearest' })
	}

	#say() {
		const piece = this.#pieces[this.#at]
		if (!piece) return this.stop()
		const turn = ++this.#turn
		const next = () => {
			if (turn !== this.#turn) return
			this.#at += 1
			this.#say()
		}
		const clip = piece.clips?.find((address) => this.#plays(address))
		if (clip) return this.#play(piece, clip, turn, next)
		if (piece.clips) return this.#sayInstead(piece)
		const voice = voiceFor(piece.lang, this.voices())
		// Words of a language nobody here can say are left out, rather than said wrong.
		if (!voice) return next()
		this.#mark(piece.element)
		const said = new SpeechSynthesisUtterance(piece.text)
		said.voice = voice
		said.lang = voice.lang
		said.onend = next
		said.onerror = () => turn === this.#turn && this.stop()
		this.#spoken = said
		speechSynthesis.speak(said)
	}

	#plays(address: string) {
		const ending = /\.(\w+)(\?|$)/.exec(address)?.[1] ?? ''
		return this.#audio.canPlayType(TYPES[ending] ?? '') !== ''
	}

	#play(piece: Piece, address: string, turn: number, next: () => void) {
		this.#mark(piece.element)
		this.#audio.src = address
		this.#audio.onended = next
		// The file is gone, or the line is: her device says the words itself.
		this.#audio.play().catch(() => turn === this.#turn && this.#sayInstead(piece))
	}

	/** Goes on with the words of a clip instead of it. */
	#sayInstead({ clips: _none, ...piece }: Piece) {
		const parts = cut(piece.text, piece.lang).map((text) => ({ ...piece, text }))
		this.#pieces.splice(this.#at, 1, ...parts)
		this.#say()
	}
}
