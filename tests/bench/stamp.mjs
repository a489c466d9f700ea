import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** @param {string[]} args */
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim()

/** Of which commit, when and how figures are; "+" where files were changed beside it. @param {{ quick: boolean }} how */
export const stampOf = ({ quick }) => ({
	commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') ? '+' : ''),
	day: new Date().toISOString().slice(0, 10),
	quick,
	processes: availableParallelism(),
})
