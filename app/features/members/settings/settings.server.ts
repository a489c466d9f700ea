import { like } from 'drizzle-orm'
import { db, type Tx } from '~/db/client.server'
import { installation } from '~/db/schema/members'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { env } from '~/platform/env.server'
import { StartError } from '~/platform/errors'
import { zoneOf } from '~/platform/i18n/zones'
import { keptInMemory } from '~/platform/kept.server'
import { asCoordinator } from '../people.server'
import { SETTING_KEYS, type SettingKey, Settings } from './settings.schema'

/** Beside what else the installation knows of itself. */
const PREFIX = 'setting.'

/** What holds as long as no coordinator has set anything. */
const OTHERWISE: { [Key in SettingKey]: () => Settings[Key] } = {
	registration: () => env().registration,
	// Whoever comes in by herself cannot do much harm in a day, and nobody has to be there to let her posts out.
	firstPosts: () => 'slow',
	hostCountry: () => '',
	zone: () => zoneOf(setting('hostCountry')),
	exitUrl: () => env().exitUrl,
}

/** One setting as the database has it. A wrong value stops the start with one line, as a wrong one of the environment does. */
function checked(key: SettingKey, value: string) {
	const result = Settings.shape[key].safeParse(value)
	if (result.success) return result.data
	throw new StartError(
		`The setting "${key}" in the table "installation" is "${value}", which it cannot be. Delete the row "${PREFIX}${key}", and set it again on the page of settings.`,
	)
}

async function readSettings(): Promise<Partial<Settings>> {
	const rows = await db
		.select()
		.from(installation)
		.where(like(installation.key, `${PREFIX}%`))
	const values = new Map(rows.map(({ key, value }) => [key, value]))
	return Object.fromEntries(
		SETTING_KEYS.flatMap((key) => {
			const value = values.get(PREFIX + key)
			return value === undefined ? [] : [[key, checked(key, value)]]
		}),
	)
}

const kept = keptInMemory<Partial<Settings>>('settings', {}, readSettings)

/** Reads the settings, at the start. Throws `StartError` for a wrong one. */
export const loadSettings = kept.refresh

/** A setting in force. Asks nobody: it is in memory. */
export function setting<Key extends SettingKey>(key: Key): Settings[Key] {
	return (kept.now()[key] as Settings[Key] | undefined) ?? OTHERWISE[key]()
}

/** All settings in force, for their page. Throws `not-found` for everyone but coordinators. */
export function seeSettings(actor: Actor): Settings {
	asCoordinator(actor)
	return Object.fromEntries(SETTING_KEYS.map((key) => [key, setting(key)])) as Settings
}

const write = (tx: Tx, key: SettingKey, value: string) =>
	tx
		.insert(installation)
		.values({ key: PREFIX + key, value })
		.onConflictDoUpdate({ target: installation.key, set: { value } })

const change = command({
	input: Settings,
	limit: 'coordination',
	async run({ actor, input, tx, audit }) {
		asCoordinator(actor)
		// What she left as it was stays where it comes from: the environment may still change it.
		for (const key of SETTING_KEYS.filter((name) => input[name] !== setting(name))) {
			await write(tx, key, input[key])
			await audit({ action: 'setting.changed', subjectKind: 'setting', subjectId: key })
		}
	},
})

/** Changes settings, on record; they act at once, in every process. Throws `invalid` with the fields. */
export async function changeSettings(actor: Actor, raw: unknown) {
	asCoordinator(actor)
	await change(actor, raw)
	await kept.changed()
}
