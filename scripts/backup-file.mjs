import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Fault } from './fault.mjs'

// What a backup file is (docs/decisions/029): gzip around lines of UTF-8. The head in JSON; for each table a line that
// names its columns, its rows as COPY writes them, "\." and a line with their number and hash; a line with the
// sequences; and last the hash of all that stands before.

/**
 * @typedef {object} Head
 * @property {1} mimosaBackup  the version of this format
 * @property {string} made  when, ISO 8601
 * @property {boolean} example  whether all of it is invented
 * @property {{ hash: string, at: number }[]} migrations  that its database had run, in order
 * @property {string[]} tables  in the order they follow
 */
/** @typedef {{ rows: number, sha256: string }} Sum  of a table: how many rows, and the hash of them as they stand */

export const FORMAT = 1
/** No row can look like it: COPY doubles each backslash. */
const END_OF_ROWS = Buffer.from('\\.\n')
const ROW_BEFORE_END = Buffer.from('\n\\.\n')
const NEW_LINE = 10
/** The longest line of ours names all tables; a row may be longer. */
const LINE_AT_MOST = 1024 * 1024
const PIECE_BYTES = 256 * 1024

const NOT_OURS = 'this is no backup of Mimosa, or it is still encrypted. Nothing was changed'
const DAMAGED = 'the backup is damaged or cut off. Nothing was changed: take another one'

/** Counts and hashes rows as they pass. */
export class Tally {
	rows = 0
	#hash = createHash('sha256')

	/** @param {AsyncIterable<Buffer>} pieces  whole or part rows */
	async *over(pieces) {
		for await (const piece of pieces) {
			for (let at = piece.indexOf(NEW_LINE); at !== -1; at = piece.indexOf(NEW_LINE, at + 1)) this.rows += 1
			this.#hash.update(piece)
			yield piece
		}
	}

	/** @returns {Sum} */
	sum() {
		return { rows: this.rows, sha256: this.#hash.digest('hex') }
	}
}

/** @param {object} words */
const line = (words) => Buffer.from(`${JSON.stringify(words)}\n`)

/**
 * The whole content of a file, but its compression.
 * @param {Head} head
 * @param {AsyncIterable<{ name: string, columns: string[], rows: AsyncIterable<Buffer> }>} tables
 * @param {() => Promise<{ name: string, last: string, called: boolean }[]>} readSequences  asked after the last table
 * @param {(sum: Sum) => void} onTable
 */
async function* contentOf(head, tables, readSequences, onTable) {
	yield line(head)
	for await (const { name, columns, rows } of tables) {
		const tally = new Tally()
		yield line({ table: name, columns })
		yield* tally.over(rows)
		const sum = tally.sum()
		yield END_OF_ROWS
		yield line(sum)
		onTable(sum)
	}
	yield line({ sequences: await readSequences() })
}

/** @param {Parameters<typeof contentOf>} content */
export async function* writeBackup(...content) {
	const seal = createHash('sha256')
	for await (const piece of contentOf(...content)) {
		seal.update(piece)
		yield piece
	}
	yield line({ sha256: seal.digest('hex') })
}

/** Reads a backup from its beginning to its end; what is not as it was written is a Fault, whatever it is. */
export class BackupReader {
	#held = Buffer.alloc(0)
	#seal = createHash('sha256')
	#pieces
	#isOurs = false

	/** @param {import('node:stream').Readable} file */
	constructor(file) {
		const content = createGunzip({ chunkSize: PIECE_BYTES })
		// An error may come when nobody waits for more; the next one who reads is told of it.
		pipeline(file, content, () => {})
		content.on('error', () => {})
		this.#pieces = content[Symbol.asyncIterator]()
	}

	/** @returns {Promise<boolean>} false at the end of the file */
	async #readOn() {
		try {
			const { done, value } = await this.#pieces.next()
			if (!done) this.#held = Buffer.concat([this.#held, value])
			return !done
		} catch (error) {
			const { syscall, message } = /** @type {NodeJS.ErrnoException} */ (error)
			// The file itself could not be read.
			if (syscall) throw error
			throw new Fault(message === 'incorrect header check' && !this.#isOurs ? NOT_OURS : DAMAGED)
		}
	}

	/** @param {number} bytes */
	#take(bytes) {
		const taken = this.#held.subarray(0, bytes)
		this.#held = this.#held.subarray(bytes)
		return taken
	}

	/** @returns {Promise<Record<string, any>>} */
	async #line({ sealed = true } = {}) {
		let end = this.#held.indexOf(NEW_LINE)
		for (; end === -1; end = this.#held.indexOf(NEW_LINE))
			if (this.#held.length > LINE_AT_MOST || !(await this.#readOn())) throw this.#fault()
		const text = this.#take(end + 1)
		if (sealed) this.#seal.update(text)
		try {
			return JSON.parse(text.toString('utf8'))
		} catch {
			throw this.#fault()
		}
	}

	#fault() {
		return new Fault(this.#isOurs ? DAMAGED : NOT_OURS)
	}

	/** @returns {Promise<Head>} */
	async head() {
		const head = await this.#line()
		if (typeof head.mimosaBackup !== 'number') throw this.#fault()
		this.#isOurs = true
		if (head.mimosaBackup !== FORMAT)
			throw new Fault('this backup was made by another version of Mimosa: restore it with that one')
		return /** @type {Head} */ (head)
	}

	/** Where the rows of a table end in what is held, or -1; what is held begins with a row. */
	#endOfRows() {
		if (this.#held.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) return 0
		const at = this.#held.indexOf(ROW_BEFORE_END)
		return at === -1 ? -1 : at + 1
	}

	/** The rows of the table whose line was just read. @returns {AsyncGenerator<Buffer>} */
	async *#rows() {
		for (;;) {
			const end = this.#endOfRows()
			// A row may go on in the next piece, so only whole ones are let through.
			const piece = this.#take(end === -1 ? this.#held.lastIndexOf(NEW_LINE) + 1 : end)
			this.#seal.update(piece)
			if (piece.length > 0) yield piece
			if (end !== -1) break
			if (!(await this.#readOn())) throw this.#fault()
		}
		this.#seal.update(this.#take(END_OF_ROWS.length))
	}

	/**
	 * Hands over one table after the other; `work` must read all its rows.
	 * @param {Head} head
	 * @param {(table: { name: string, columns: string[], rows: AsyncIterable<Buffer> }) => Promise<void>} work
	 * @returns {Promise<Sum[]>} what each table is, in the order of the head
	 */
	async tables({ tables }, work) {
		const sums = []
		for (const name of tables) {
			const { table, columns } = await this.#line()
			if (table !== name || !Array.isArray(columns)) throw this.#fault()
			const tally = new Tally()
			await work({ name, columns, rows: tally.over(this.#rows()) })
			const [sum, said] = [tally.sum(), await this.#line()]
			if (sum.rows !== said.rows || sum.sha256 !== said.sha256) throw this.#fault()
			sums.push(sum)
		}
		return sums
	}

	/** What follows the tables: the sequences, and the seal. @returns {Promise<{ name: string, last: string, called: boolean }[]>} */
	async end() {
		const { sequences } = await this.#line()
		const { sha256 } = await this.#line({ sealed: false })
		if (sha256 !== this.#seal.digest('hex') || this.#held.length > 0 || (await this.#readOn()))
			throw this.#fault()
		return sequences
	}
}
