import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { buildSync } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'
import { ICONS } from './app/ui/icons'

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

/** All icons in one file that the browser keeps: a page then carries a reference of 40 bytes for each. */
function iconSprite() {
	const symbols = ICONS.map((name) => {
		const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8')
		const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
		return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s+/g, ' ').trim()}</symbol>`
	})
	return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
}

/** Serves and emits the files above under names that change with their content. */
function ownAssets(): Plugin {
	const files = [
		{
			constant: '__ENHANCE_URL__',
			stem: 'enhance',
			ending: 'js',
			type: 'text/javascript',
			make: enhanceScript,
		},
		{ constant: '__SPRITE_URL__', stem: 'icons', ending: 'svg', type: 'image/svg+xml', make: iconSprite },
	].map((file) => {
		const text = file.make()
		return { ...file, text, path: `assets/${file.stem}-${digest(text)}.${file.ending}` }
	})
	let server = false
	return {
		name: 'mimosa:own-assets',
		config: (_config, env) => {
			server = Boolean(env.isSsrBuild)
			return {
				define: Object.fromEntries(files.map((file) => [file.constant, JSON.stringify(`/${file.path}`)])),
			}
		},
		configureServer(dev) {
			dev.middlewares.use((request, response, next) => {
				const file = files.find(({ path }) => request.url === `/${path}`)
				if (!file) return next()
				response.setHeader('content-type', file.type)
				response.end(file.text)
			})
		},
		generateBundle() {
			if (server) return
			for (const file of files) this.emitFile({ type: 'asset', fileName: file.path, source: file.text })
		},
	}
}

export default defineConfig({
	plugins: [
		ownAssets(),
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
