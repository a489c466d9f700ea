import { createHash } from 'node:crypto'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { buildSync } from 'esbuild'
import { defineConfig, type Plugin, type Rollup } from 'vite'

declare module '@remix-run/node' {
	interface Future {
		v3_singleFetch: true
	}
}

const APP = new URL('./app', import.meta.url).pathname

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)

/** A tiny script beside the pages: bundled apart from React, so that a page ships no framework code. */
function smallScript(name: string) {
	const built = buildSync({
		entryPoints: [`app/enhance/${name}.ts`],
		bundle: true,
		minify: true,
		format: 'iife',
		target: 'es2019',
		write: false,
	})
	return built.outputFiles[0]!.text
}

/** Serves and emits such a script under a name that changes with its content; `constant` is its address. */
function enhance(name: string, constant: string): Plugin {
	const text = smallScript(name)
	const path = `assets/${name}-${digest(text)}.js`
	let server = false
	return {
		name: `mimosa:${name}`,
		config: (_config, env) => {
			server = Boolean(env.isSsrBuild)
			return { define: { [constant]: JSON.stringify(`/${path}`) } }
		},
		configureServer(dev) {
			dev.middlewares.use((request, response, next) => {
				if (request.url !== `/${path}`) return next()
				response.setHeader('content-type', 'text/javascript')
				response.end(text)
			})
		},
		generateBundle() {
			if (!server) this.emitFile({ type: 'asset', fileName: path, source: text })
		},
	}
}

/**
 * Pages that live say their texts by themselves (living-texts.ts): i18next is made for far more, and would be a sixth of
 * their script. On the server a page is said in one go (page-texts.tsx).
 */
const ownTexts = (): Plugin => ({
	name: 'mimosa:own-texts',
	enforce: 'pre',
	resolveId: (source, _from, { ssr }) =>
		source === 'react-i18next'
			? `${APP}/platform/i18n/${ssr ? 'page-texts.tsx' : 'living-texts.ts'}`
			: undefined,
})

/**
 * What a living page needs from the start comes in two files, and not in one for each thing that it shares with other
 * pages: on a slow line every file costs a round trip. The framework apart, because it changes least.
 */
function fewFiles(): Plugin {
	let first: Set<string> | undefined
	const followed = (id: string, info: Rollup.GetModuleInfo, found = new Set<string>()) => {
		for (const next of info(id)?.importedIds ?? [])
			if (!found.has(next)) followed(next, info, found.add(next))
		return found
	}
	const manualChunks: Rollup.GetManualChunk = (id, { getModuleInfo }) => {
		first ??= followed(`${APP}/entry.client.tsx`, getModuleInfo)
		if (!first.has(id)) return
		return /node_modules\/(react|react-dom|scheduler)\//.test(id) ? 'react' : 'living'
	}
	return {
		name: 'mimosa:few-files',
		config: (_config, { isSsrBuild }) =>
			isSsrBuild ? {} : { build: { rollupOptions: { output: { manualChunks } } } },
	}
}

export default defineConfig({
	plugins: [
		enhance('enhance', '__ENHANCE_URL__'),
		enhance('listen', '__LISTEN_URL__'),
		ownTexts(),
		fewFiles(),
		tailwindcss(),
		remix({
			// Where scripts/build.mjs wants it.
			buildDirectory: process.env.BUILD_DIRECTORY ?? 'build',
			future: {
				v3_fetcherPersist: true,
				v3_lazyRouteDiscovery: true,
				v3_relativeSplatPath: true,
				v3_routeConfig: true,
				v3_singleFetch: true,
				v3_throwAbortReason: true,
			},
		}),
	],
	resolve: { alias: { '~': APP } },
	// While developing: found only when a room asks for them, they would be too late for that room.
	optimizeDeps: { include: ['react', 'react-dom/client', 'socket.io-client'] },
	build: { target: 'es2020', sourcemap: false, assetsInlineLimit: 0, modulePreload: false },
})
