import { onNewEnoughNode } from './node-version.mjs'

// A community out of one file, into an empty database (docs/running.md).
//   npm run restore -- FILE
//   age -d -i KEY mimosa.backup.gz.age | npm run restore -- -
//   npm run restore -- --check FILE            only whether the file is whole
//   npm run restore -- --keep-sessions FILE    who was signed in stays so: for moving house, not after a loss
onNewEnoughNode(() => import('./run-restore.mjs').then(({ runRestore }) => runRestore(process.argv.slice(2))))
