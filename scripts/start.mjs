import { onNewEnoughNode } from './node-version.mjs'

onNewEnoughNode(() => import('./run-start.mjs').then(({ runStart }) => runStart(process.argv.slice(2))))
