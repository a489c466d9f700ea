import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { createDatabase, openDatabase } from '../../scripts/postgres.mjs'
import { removeDatabase, removeLeftovers } from '../../scripts/postgres-place.mjs'
import { addEmptying } from './emptying'
import { migrateTemplate } from './migrate'

declare module 'vitest' {
	interface ProvidedContext {
		/** URL of the cluster's maintenance database. */
		adminUrl: string
		/** URL of the template, as the application's role. */
		appUrl: string
	}
}

const TEMPLATE = 'mimosa_template'

/** One cluster for the whole run, and in it one migrated template that each worker's database is copied from. */
export default async function setup(project: TestProject) {
	await removeLeftovers('.data')
	// A cluster for each run: two runs at once (an editor's and a terminal's) must not meet.
	const dataDir = path.resolve(`.data/test-${process.pid}`)
	const database = await openDatabase({ dataDir, throwaway: true })
	const adminUrl = database.adminUrl('postgres')
	await createDatabase(adminUrl, TEMPLATE)
	await migrateTemplate(database.url(TEMPLATE))
	await addEmptying(database.adminUrl(TEMPLATE))
	project.provide('adminUrl', adminUrl)
	project.provide('appUrl', database.url(TEMPLATE))
	return async () => {
		await database.stop()
		await removeDatabase(dataDir)
	}
}
