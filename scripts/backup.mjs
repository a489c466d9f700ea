import { onNewEnoughNode } from './node-version.mjs'

// All of a community in one file (docs/running.md).
//   npm run backup                 into DATA_DIR/backups
//   npm run backup -- PLACE        a file, or a folder to put one in
//   npm run -s backup -- - | age -r KEY > mimosa.backup.gz.age
onNewEnoughNode(() => import('./run-backup.mjs').then(({ runBackup }) => runBackup(process.argv.slice(2))))
