import { join, resolve } from 'node:path'
import { createServer } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/**
 * What loads a module of the application as the server would, for a measurement inside this process. The settings it
 * needs have to be in the environment before.
 */
export const openModules = () =>
	createServer({
		root,
		configFile: false,
		logLevel: 'error',
		server: { middlewareMode: true, hmr: false, ws: false, watch: null },
		optimizeDeps: { noDiscovery: true },
		resolve: { alias: { '~': join(root, 'app') } },
	})
