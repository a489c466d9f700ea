import { onNewEnoughNode } from './node-version.mjs'

onNewEnoughNode(() => import('./run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2))))
