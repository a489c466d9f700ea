// The thread that draws rounds, as development and the tests start it: from the sources. `scripts/build.mjs` puts a
// bundle of round-thread.server.ts in its place.
import { tsImport } from 'tsx/esm/api'

await tsImport('./round-thread.server.ts', import.meta.url)
