import path from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'

/** The limit: our topic page from a stock Remix app with its data in memory and nothing behind it. */
export default defineConfig({
	plugins: [
		remix({
			future: {
				v3_fetcherPersist: true,
				v3_lazyRouteDiscovery: true,
				v3_relativeSplatPath: true,
				v3_singleFetch: true,
				v3_throwAbortReason: true,
			},
		}),
	],
	define: { __ENHANCE_URL__: '"/assets/enhance.js"', __LISTEN_URL__: '"/assets/listen.js"' },
	resolve: { alias: { '~': path.resolve(import.meta.dirname, '../../../app') } },
})
