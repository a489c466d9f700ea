// How one speaks to each of the two servers; used by the crowd and by those who write.
import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import * as parser from 'socket.io-parser'

const FILLER = 'Any word will do here, любое слово подойдёт, وأي كلمة تصلح هنا. '.repeat(4)
const LENGTH = 120
const ANSWER_WITHIN_MS = 30_000

/**
 * A message carries "~run x number x sent~", by which it is known again without reading the rest. In letters: what looks
 * like a telephone number is asked about before it goes to a room.
 */
const MARK = /~([a-j]+)x([a-j]+)x([a-j]+)~/
const DIGITS = 'abcdefghij'
/** @param {number} number */
const inLetters = (number) => String(number).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? '')
/** @param {string | undefined} letters */
const asNumber = (letters = '') => Number(letters.replace(/./g, (letter) => String(DIGITS.indexOf(letter))))
const EVENT = '2'

/** @param {number} run @param {number} number @param {number} at */
export function marked(run, number, at) {
	const mark = `~${inLetters(run)}x${inLetters(number)}x${inLetters(Math.round(at * 1_000))}~ `
	return mark + FILLER.slice(0, LENGTH - mark.length)
}

/** Each visitor's browser reads its JSON on its own machine; here that would eat the server's share. */
class MarkDecoder extends parser.Decoder {
	/** @type {((mark: { run: number, number: number, at: number }) => void) | undefined} */
	onMark
	/** @param {any} packet */
	add(packet) {
		const mark = typeof packet === 'string' && packet[0] === EVENT && MARK.exec(packet)
		if (!mark) return super.add(packet)
		this.onMark?.({ run: asNumber(mark[1]), number: asNumber(mark[2]), at: asNumber(mark[3]) / 1_000 })
	}
}

/**
 * @typedef {{ url: string, own: boolean, room: string }} Place
 * @param {Place} place @param {string} cookie
 * @param {{ reconnection?: boolean, onMark?: MarkDecoder['onMark'] }} [options]
 */
export function open({ url, own }, cookie, { reconnection = false, onMark } = {}) {
	const socket = io(url, {
		transports: ['websocket'],
		forceNew: true,
		timeout: ANSWER_WITHIN_MS,
		extraHeaders: own ? { cookie, origin: url } : {},
		parser: { ...parser, Decoder: MarkDecoder },
		// As app/features/chat/live has them.
		reconnection,
		reconnectionDelay: 500,
		reconnectionDelayMax: 8_000,
	})
	if (onMark) /** @type {any} */ (socket.io).decoder.onMark = onMark
	return socket
}

/** @param {import('socket.io-client').Socket} socket */
export const whenOpen = (socket) =>
	new Promise((resolve, reject) => {
		socket.once('connect', () => resolve(undefined))
		socket.once('connect_error', reject)
	})

/** @param {import('socket.io-client').Socket} socket @param {Place} place @param {number} after */
export async function join(socket, { own, room }, after = 0) {
	const answer = await (own
		? socket.timeout(ANSWER_WITHIN_MS).emitWithAck('room:join', { room, after })
		: socket.timeout(ANSWER_WITHIN_MS).emitWithAck('join', room))
	if (own && !answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`)
	return answer
}

/** @param {import('socket.io-client').Socket} socket @param {Place} place @param {string} body */
export async function say(socket, { own, room }, body) {
	const answer = await (own
		? socket.timeout(ANSWER_WITHIN_MS).emitWithAck('message:send', { room, key: randomUUID(), body })
		: socket.timeout(ANSWER_WITHIN_MS).emitWithAck('send', room, body))
	if (own && !answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`)
}
