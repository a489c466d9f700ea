import { describe, expect, test } from 'vitest'
import { readEnv } from '~/platform/env.server'

const good = {
	DATABASE_URL: 'postgres://mimosa:secret@127.0.0.1:5432/mimosa',
	SESSION_SECRET: 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
}

test('with nothing but a database, she is at home on this machine', () => {
	expect(readEnv(good)).toMatchObject({
		host: '127.0.0.1',
		port: 3000,
		origins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
		https: false,
		example: false,
		registration: 'code',
		limits: true,
	})
	expect(readEnv({ ...good, EXAMPLE: '1' })).toMatchObject({ example: true, registration: 'open' })
	expect(readEnv({ ...good, HOST: '0.0.0.0', ORIGIN: 'https://mimosa.example' })).toMatchObject({
		https: true,
		origins: ['https://mimosa.example'],
	})
})

test('a machine that translates is off until its address is given', () => {
	expect(readEnv(good).translate).toBeNull()
	const given = { ...good, TRANSLATE_URL: 'http://libretranslate:5000/', TRANSLATE_KEY: 'key' }
	expect(readEnv(given).translate).toEqual({ url: 'http://libretranslate:5000', key: 'key' })
})

test('several processes are one of several as soon as anything says so', () => {
	expect(readEnv(good)).toMatchObject({ redisUrl: null, worker: null, several: false })
	expect(readEnv({ ...good, REDIS_URL: 'redis://cache:6379/2' })).toMatchObject({
		redisUrl: 'redis://cache:6379/2',
		several: true,
	})
	expect(readEnv({ ...good, WORKER_SLOT: '3', WORKER_DOORS: '/tmp/doors' })).toMatchObject({
		worker: { slot: 3, doors: '/tmp/doors' },
		several: true,
	})
})

test('all that is wrong is told at once, each in its line', () => {
	const start = () => readEnv({ PORT: 'abc', LOG_LEVEL: 'loud', SESSION_SECRET: '', REGISTRATION: 'x' })
	const told = [
		/^PORT is "abc"/,
		/^DATABASE_URL is not set/,
		/^SESSION_SECRET/,
		/^REGISTRATION/,
		/^LOG_LEVEL/,
	]
	try {
		start()
		expect.unreachable()
	} catch (error) {
		const lines = (error as Error).message.split('\n')
		expect(lines).toEqual(told.map((line) => expect.stringMatching(line)))
	}
})

describe('a wrong value stops the start with one line', () => {
	test.each([
		[{ PORT: '0' }, 'PORT is "0", but it must be a whole number from 1 to 65535.'],
		[{ PORT: '80 ' }, /PORT/],
		[{ PORT: '99999' }, /PORT/],
		[{ HOST: '0.0.0.0' }, /ORIGIN must say the address/],
		[{ ORIGIN: 'example.org' }, /ORIGIN/],
		[{ ORIGIN: 'http://example.org' }, /plain http.*INSECURE_LAN/],
		[{ ORIGIN: 'https://example.org/path' }, /ORIGIN must be only/],
		[{ SESSION_SECRET: '' }, /SESSION_SECRET is not set/],
		[{ SESSION_SECRET: 'password' }, /too easy/],
		[{ SESSION_SECRET: 'a'.repeat(64) }, /too easy/],
		[{ DATABASE_URL: '' }, /DATABASE_URL is not set/],
		[{ DATABASE_URL: 'mysql://x' }, /postgres:/],
		[{ REGISTRATION: 'closed' }, /REGISTRATION.*open, code, approval/],
		[{ EXAMPLE: 'yes' }, /EXAMPLE/],
		[{ EXIT_URL: 'http://example.org' }, /EXIT_URL/],
		[{ LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
		[{ METRICS_TOKEN: 'short' }, /METRICS_TOKEN/],
		[{ TRUST_PROXY: '-1' }, /TRUST_PROXY/],
		[{ REDIS_URL: 'cache.example:6379' }, 'REDIS_URL must begin with rediss:// or redis://.'],
		[{ REDIS_URL: 'cache' }, /REDIS_URL is not an address/],
		[{ REDIS_URL: 'https://user:secret@cache.example' }, /REDIS_URL must begin/],
		[{ REDIS_URL: 'redis://cache.example/first' }, /REDIS_URL.*number of a database/],
		[{ WORKER_SLOT: '66' }, /WORKER_SLOT/],
		[{ TRANSLATE_URL: 'translate.example' }, /TRANSLATE_URL is not an address/],
		[{ TRANSLATE_URL: 'file:///etc/passwd' }, /TRANSLATE_URL must begin/],
		[{ TRANSLATE_URL: 'http://translate.example' }, /TRANSLATE_URL is plain http/],
		[{ TRANSLATE_URL: 'https://user:secret@translate.example' }, /TRANSLATE_KEY/],
		[{ TRANSLATE_KEY: 'key' }, /TRANSLATE_URL is not/],
		[{ LIMITS: 'off', HOST: '0.0.0.0', ORIGIN: 'https://mimosa.example' }, /LIMITS/],
	])('%j', (change, message) => {
		const start = () => readEnv({ ...good, ...change })
		expect(start).toThrow(message)
		try {
			start()
		} catch (error) {
			expect((error as Error & { code: string }).code).toBe('start')
			expect((error as Error).message).not.toMatch(/\n|secret@/)
		}
	})
})
