import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Fault, lineFor, saysDiskFull } from '../../scripts/fault.mjs'

const systemError = (code: string, more: object = {}) => Object.assign(new Error(code), { code, ...more })

test.each([
	['a taken port', systemError('EADDRINUSE', { port: 3000 }), /port 3000 is taken.*PORT=3001/],
	['a port only root may have', systemError('EACCES', { syscall: 'listen', port: 80 }), /port 80.*PORT=3000/],
	['an address of another machine', systemError('EADDRNOTAVAIL'), /HOST/],
	['a folder she may not write', systemError('EACCES', { path: '/x' }), /\/x.*DATA_DIR/],
	['a disk that cannot be written', systemError('EROFS', { path: '/x' }), /\/x.*DATA_DIR/],
	['a file where a folder should be', systemError('ENOTDIR', { path: '/x' }), /\/x.*DATA_DIR/],
	['a full disk', systemError('ENOSPC'), /disk is full/],
	['a used-up quota', systemError('EDQUOT'), /disk is full/],
	['what the house says itself', new Fault('do this'), /^do this$/],
])('%s is one line that says what to do', (_, error, line) => {
	expect(lineFor(error)).toMatch(line)
	expect(lineFor(error)).not.toContain('\n')
})

test('a fault nobody foresaw is not dressed up', () => {
	expect(lineFor(new TypeError('x is not a function'))).toBeNull()
	expect(lineFor(undefined)).toBeNull()
})

test('the error of a port that is really taken is understood', async () => {
	const holder = createServer()
	await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
	const { port } = holder.address() as { port: number }
	const error = await new Promise((resolve) => createServer().on('error', resolve).listen(port, '127.0.0.1'))
	holder.close()
	expect(lineFor(error)).toContain(`port ${port} is taken`)
})

test.each([
	['npm error ENOSPC: no space left on device, write', true],
	['FATAL:  could not extend file "base/1": wrote only 4096 of 8192 bytes', true],
	['FATAL:  password authentication failed', false],
])('a program that says "%s"', (words, full) => {
	expect(saysDiskFull(words)).toBe(full)
})
