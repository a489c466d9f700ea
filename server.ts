import { existsSync, readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { constants } from 'node:zlib'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { ViteDevServer } from 'vite'
import type { house as House } from './app/house.server'

type Entry = { house: typeof House }

export interface ServeOptions {
	/** Vite compiles the application as it changes. */
	dev?: boolean
	reloadExample?: boolean
	/** Another process of this machine has prepared the database already. */
	prepared?: boolean
	/** Other processes of this machine serve on the port already. */
	others?: boolean
	onProgress?(step: string): void
	onNotice?(line: string): void
}

interface Served {
	url: string
	close(how?: { replaced?: boolean }): Promise<void>
}

const BUILD = path.resolve('build/server/index.js')
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 20_000
/** As far back as a page is long (2^18 bytes): with brotli's own window of 4 MB it took a sixth longer, for the same bytes. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 }
/**
 * Connections that may wait until they are accepted; the system has its own bound (net.core.somaxconn). With Node's 511
 * whoever comes in a crowd of thousands, as after a restart, is heard only at her third try, seven seconds later.
 */
const CONNECTIONS_IN_LINE = 4_096

/** Remix' own compiler beside Vite would end the process at SIGTERM, before the database is stopped: that is ours to do. */
async function withOwnSignals<T>(work: () => Promise<T>): Promise<T> {
	const before = process.listeners('SIGTERM')
	const done = await work()
	for (const listener of process.listeners('SIGTERM'))
		if (!before.includes(listener)) process.off('SIGTERM', listener)
	return done
}

type Build = ServerBuild | (() => Promise<ServerBuild>)

/**
 * Remix' build, and in development the server that makes it anew when a file changes. Only there it is a function:
 * given one, Remix works out all routes again for every request.
 */
async function loadBuild(dev: boolean): Promise<{ vite?: ViteDevServer; build: Build }> {
	if (dev) {
		const { createServer: createVite } = await import('vite')
		// Vite's own socket has its own port: on ours it would fight Socket.IO for the upgrade.
		const vite = await withOwnSignals(() =>
			createVite({ server: { middlewareMode: true, hmr: { port: 24678 } } }),
		)
		return { vite, build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild> }
	}
	if (!existsSync(BUILD)) throw new Error('The application is not built. Run "npm start".')
	return { build: (await import(pathToFileURL(BUILD).href)) as ServerBuild }
}

/** Errors of Express itself (an unreadable body, a stream cut off): a bare line, never its page with the stack. */
const lastResort =
	(house: typeof House): ErrorRequestHandler =>
	(error, _request, response, next) => {
		const status = Number((error as { status?: number }).status)
		if (!(status >= 400 && status < 500)) house.logFault('http', error)
		if (response.headersSent) return next(error)
		response
			.status(status >= 400 && status < 500 ? status : 500)
			.set({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
			.send(
				status >= 400 && status < 500
					? 'This request cannot be read.'
					: 'Something did not work. Try again soon.',
			)
	}

function measure(house: typeof House): express.RequestHandler {
	return (_request, response, next) => {
		const stop = house.requestSeconds.startTimer()
		response.on('finish', () => stop({ status: `${Math.floor(response.statusCode / 100)}xx` }))
		next()
	}
}

/**
 * Sends the copies that the build compressed as hard as brotli can: such a file is made once and loaded by every phone.
 * Only names the build wrote are looked for.
 */
function compressedBefore(folder: string): express.RequestHandler {
	const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.br')) : []
	const known = new Set(names.map((name) => `/${name.slice(0, -3)}`))
	return (request, response, next) => {
		if (known.has(request.path) && request.acceptsEncodings('br')) {
			response.set({ 'content-encoding': 'br', vary: 'Accept-Encoding' }).type(path.extname(request.path))
			request.url = `${request.path}.br`
		}
		next()
	}
}

/** Files beside the pages are few and known: for any other address the disk is not asked. */
function onlyFilesOf(folder: string): express.RequestHandler {
	const serve = express.static(folder, { maxAge: '1d', index: false, redirect: false })
	const names = new Set(readdirSync(folder).map((name) => `/${name}`))
	return (request, response, next) => (names.has(request.path) ? serve(request, response, next) : next())
}

/** An address names one version of a file (app/platform/clips.server.ts). */
const RECORDINGS = {
	immutable: true,
	maxAge: '1y',
	index: false as const,
	redirect: false,
	setHeaders(response: express.Response, file: string) {
		if (file.endsWith('.opus')) response.type('audio/ogg')
	},
}

/** A file of ours is what its name says, and only our pages may use it. */
const inert: express.RequestHandler = (_request, response, next) => {
	response.set({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' })
	next()
}

function createApp(house: typeof House, build: Build, vite?: ViteDevServer): Express {
	const app = express()
	app.disable('x-powered-by')
	app.disable('etag')
	app.set('trust proxy', house.env().trustProxy)
	app.use(measure(house))
	app.use(compression({ brotli: { params: BROTLI } } as compression.CompressionOptions))
	const client = path.resolve('build/client')
	const assets = path.join(client, 'assets')
	// Before the page's headers: their kilobyte of policy means nothing to a script, and a room loads a dozen of them.
	if (!vite) {
		app.use('/assets', inert, house.gate, compressedBefore(assets))
		app.use('/assets', express.static(assets, { immutable: true, maxAge: '1y' }))
	}
	// Served as they lie there: who adds a recording builds nothing (docs/recording.md).
	app.use('/audio', inert, house.gate, express.static(path.resolve('public/audio'), RECORDINGS))
	app.use(house.headers(), house.gate, house.sizeGate)
	if (vite) app.use(vite.middlewares)
	app.use(onlyFilesOf(vite ? 'public' : client))
	app.use(house.overload, house.switching, house.answering(build))
	app.use(lastResort(house))
	return app
}

function listen(http: Server, port: number, host: string) {
	return new Promise<void>((resolve, reject) => {
		http.once('error', reject)
		http.listen({ port, host, backlog: CONNECTIONS_IN_LINE }, () => {
			http.off('error', reject)
			resolve()
		})
	})
}

/**
 * Starts the server on PORT and HOST. Resolves when it answers; `close` drains (ten seconds at most) and stops it:
 * without a lost request where another process takes its place (`replaced`).
 * Rejects with one line for the operator (`code: 'start'`), or with the system's error (a taken port: EADDRINUSE).
 */
export async function serve(options: ServeOptions = {}): Promise<Served> {
	const { dev = false, prepared, others, reloadExample, onProgress = () => {}, onNotice = () => {} } = options
	const { vite, build } = await loadBuild(dev)
	const { entry } = typeof build === 'function' ? await build() : build
	const { house } = entry.module as unknown as Entry
	const { port, host, origins } = house.env()
	const app = createApp(house, build, vite)
	const http = createServer({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS }, app)
	house.shareEvenly(http)
	const openHouse = async () => {
		await house.open({ prepared, others, reloadExample, onProgress, onNotice })
		house.attachSockets(http)
	}
	try {
		// One of several shares a port that is open already: nobody may be sent here before it can answer.
		if (others) await openHouse()
		// Taken before anything is written: a taken port must not leave a half-loaded example behind.
		await listen(http, port, host)
		if (!others) await openHouse()
	} catch (error) {
		http.close()
		http.closeAllConnections()
		await house.close()
		throw error
	}
	house.log.info({ port }, 'serving')
	return {
		url: origins[0],
		async close(how) {
			house.drain(how)
			await house.closeHttp(http, how)
			await vite?.close()
			await house.close()
		},
	}
}
