import { createHash } from 'node:crypto'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { buildSync } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'

declare module '@remix-run/node' {
	interface Future {
		v3_singleFetch: true
	}
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)

/** The tiny script every page carries: bundled apart from React, so that a page ships no framework code. */
function enhanceScript() {
	const built = buildSync({
		entryPoints: ['app/enhance/enhance.ts'],
		bundle: true,
		minify: true,
		format: 'iife',
		target: 'es2019',
		write: false,
	})
	return built.outputFiles[0]!.text
}

/** Serves and emits the script above under a name that changes with its content. */
function enhance(): Plugin {
	const text = enhanceScript()
	const path = `assets/enhance-${digest(text)}.js`
	let server = false
	return {
		name: 'mimosa:enhance',
		config: (_config, env) => {
			server = Boolean(env.isSsrBuild)
			return { define: { __ENHANCE_URL__: JSON.stringify(`/${path}`) } }
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

export default defineConfig({
	plugins: [
		enhance(),
		tailwindcss(),
		remix({
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
	resolve: { alias: { '~': new URL('./app', import.meta.url).pathname } },
	build: { target: 'es2020', sourcemap: false, assetsInlineLimit: 0 },
})
