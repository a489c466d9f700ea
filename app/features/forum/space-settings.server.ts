import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '~/db/client.server'
import { spaces, type Translated } from '~/db/schema/forum'
import { organisations } from '~/db/schema/members'
import { followTexts, markOf } from '~/features/members/wording/states.server'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { AppError } from '~/platform/errors'
import { UI_LOCALES } from '~/platform/i18n/i18n.server'
import { isUuid, pgArray } from '~/platform/text'
import { SPACE_ACCESS, SPACE_ICONS, SPACE_LIMITS } from './forum.limits'
import { looksAfterSpaces } from './forum.policy'
import { Line } from './forum.schema'
import { spacesWorded, wordedSpace } from './space-worded.server'
import { saidTo } from './spaces.server'

const Id = z.uuid('errors:notUnderstood')

/** What her page showed (`seenOfTexts`). */
const Seen = z.string('errors:notUnderstood').max(64, 'errors:notUnderstood').optional()

/** A line that English has and every other language may have. */
const inLanguage = (tag: string, line: ReturnType<typeof Line>): z.ZodType<string | undefined> =>
	tag === 'en'
		? line
		: z
				.string()
				.optional()
				.transform((text) => text?.trim() || undefined)
				.pipe(line.optional())

/** `name-it`, `description-it` and so on. */
const Texts = z.object(
	Object.fromEntries(
		UI_LOCALES.flatMap((tag) => [
			[`name-${tag}`, inLanguage(tag, Line(SPACE_LIMITS.name))] as const,
			[`description-${tag}`, inLanguage(tag, Line(SPACE_LIMITS.description))] as const,
		]),
	),
)

const Settings = z.object({
	icon: z.enum(SPACE_ICONS, 'errors:choose'),
	access: z.enum(SPACE_ACCESS, 'errors:choose'),
	organisation: z
		.union([z.literal(''), Id], 'errors:chooseOrganisation')
		.optional()
		.transform((value) => value || null),
	alias: z.literal('yes').optional(),
})

/** What the form of a space sends, taken apart into its texts and its settings. */
const SpaceForm = z
	.intersection(Settings, Texts)
	.superRefine((form, context) => {
		const texts = form as Record<string, unknown>
		for (const tag of UI_LOCALES) {
			const [name, description] = [`name-${tag}`, `description-${tag}`]
			if (texts[name] && !texts[description])
				context.addIssue({ code: 'custom', path: [description], message: 'errors:empty' })
			if (texts[description] && !texts[name])
				context.addIssue({ code: 'custom', path: [name], message: 'errors:empty' })
		}
		if (form.access === 'organisation' && !form.organisation)
			context.addIssue({ code: 'custom', path: ['organisation'], message: 'errors:chooseOrganisation' })
	})
	.transform((form) => {
		const { icon, access, organisation, alias, ...texts } = form as z.output<typeof Settings> &
			Record<string, string | undefined>
		const said = (what: 'name' | 'description') =>
			Object.fromEntries(
				UI_LOCALES.flatMap((tag) => (texts[`${what}-${tag}`] ? [[tag, texts[`${what}-${tag}`]]] : [])),
			) as Translated
		return {
			names: said('name'),
			descriptions: said('description'),
			icon,
			access,
			// Only a space for one organisation names one.
			organisationId: access === 'organisation' ? organisation : null,
			aliasAllowed: alias === 'yes',
		}
	})

type SpaceFields = z.output<typeof SpaceForm>

/** Spaces are set up by coordinators; for everyone else there is no such page. */
function asCoordinator(actor: Actor) {
	if (!looksAfterSpaces(actor)) throw new AppError('not-found')
}

/** Every space with its settings, in their order; nothing of what is said in them. Throws `not-found`. */
export async function listSpaceSettings(actor: Actor, locale: string) {
	asCoordinator(actor)
	const rows = await db
		.select({
			id: spaces.id,
			icon: spaces.icon,
			names: spaces.names,
			access: spaces.access,
			organisation: organisations.name,
			aliasAllowed: spaces.aliasAllowed,
		})
		.from(spaces)
		.leftJoin(organisations, eq(organisations.id, spaces.organisationId))
		.orderBy(asc(spaces.position), asc(spaces.id))
	return rows.map(({ names, ...space }) => ({ ...space, name: saidTo(actor, locale, names) }))
}

/** The mark of all its texts: languages are also written on the screen of texts, meanwhile. */
const seenOfTexts = ({ names, descriptions }: Pick<SpaceFields, 'names' | 'descriptions'>) =>
	markOf(JSON.stringify([names, descriptions]))

/** Not how much is asked in it: that is for who may enter. */
const { questions: _questions, ...settings } = getTableColumns(spaces)

/** The settings of one space, to be changed. Throws `not-found`. */
export async function readSpaceSettings(actor: Actor, id: string) {
	asCoordinator(actor)
	const [space] = isUuid(id) ? await db.select(settings).from(spaces).where(eq(spaces.id, id)) : []
	if (!space) throw new AppError('not-found')
	return { ...space, seen: seenOfTexts(space) }
}

async function checkOrganisation(tx: Tx, { organisationId }: SpaceFields) {
	if (!organisationId) return
	if ((await tx.$count(organisations, eq(organisations.id, organisationId))) === 0) {
		throw new AppError('invalid', { fields: { organisation: 'errors:chooseOrganisation' } })
	}
}

/** Who may enter, on record whenever it is said anew. */
const recordAccess = (
	audit: (entry: { action: string; subjectKind: string; subjectId: string }) => Promise<void>,
	spaceId: string,
	{ access }: Pick<SpaceFields, 'access'>,
) => audit({ action: `space.access.${access}`, subjectKind: 'space', subjectId: spaceId })

/** Makes a space, after all others. The same form sent again gives the same space: its key is the space's id. */
export const makeSpace = command({
	input: z.intersection(z.object({ key: Id }), SpaceForm),
	limit: 'coordination',
	async run({ actor, input: { key, ...form }, tx, audit }) {
		asCoordinator(actor)
		await checkOrganisation(tx, form)
		const [made] = await tx
			.insert(spaces)
			.values({ ...form, id: key, position: sql`(select coalesce(max(s.position), 0) + 1 from spaces s)` })
			.onConflictDoNothing({ target: spaces.id })
			.returning({ id: spaces.id })
		if (!made) return { id: key }
		await followTexts(tx, spacesWorded, actor.id, undefined, wordedSpace({ ...form, id: made.id }))
		await audit({ action: 'space.made', subjectKind: 'space', subjectId: made.id })
		await recordAccess(audit, made.id, form)
		return made
	},
})

/** What was written in languages these pages do not speak stays. */
const withOthers = (before: Translated, now: Translated): Translated => ({
	...Object.fromEntries(Object.entries(before).filter(([tag]) => !UI_LOCALES.includes(tag))),
	...now,
})

/**
 * Changes a space. To whom it is open is so at once for everybody, and on record. Throws `not-found`, and `conflict` where
 * its texts are no more those she saw.
 */
export const saveSpace = command({
	input: z.intersection(z.object({ space: Id, seen: Seen }), SpaceForm),
	limit: 'coordination',
	async run({ actor, input: { space, seen, ...form }, tx, publish, audit }) {
		asCoordinator(actor)
		await checkOrganisation(tx, form)
		const [before] = await tx.select().from(spaces).where(eq(spaces.id, space)).for('update')
		if (!before) throw new AppError('not-found')
		if (seen && seen !== seenOfTexts(before)) throw new AppError('conflict')
		const now = {
			...form,
			names: withOthers(before.names, form.names),
			descriptions: withOthers(before.descriptions, form.descriptions),
		}
		await tx.update(spaces).set(now).where(eq(spaces.id, space))
		await followTexts(tx, spacesWorded, actor.id, wordedSpace(before), wordedSpace({ ...now, id: space }))
		await audit({ action: 'space.changed', subjectKind: 'space', subjectId: space })
		const reopened = before.access !== form.access || before.organisationId !== form.organisationId
		if (!reopened) return
		await recordAccess(audit, space, form)
		publish({ name: 'space:closed', spaceId: space })
	},
})

const MoveSpace = z.object({
	space: Id,
	way: z.enum(['up', 'down'], 'errors:notUnderstood'),
	/** Where it stood when the page was made: a click sent twice moves it once. */
	from: z.coerce.number('errors:notUnderstood').int('errors:notUnderstood'),
})

/** Moves a space one place up or down in everybody's list. Throws `not-found`. */
export const moveSpace = command({
	input: MoveSpace,
	limit: 'coordination',
	async run({ actor, input: { space, way, from }, tx }) {
		asCoordinator(actor)
		const rows = await tx
			.select({ id: spaces.id })
			.from(spaces)
			.orderBy(asc(spaces.position), asc(spaces.id))
			.for('update')
		const ids = rows.map(({ id }) => id)
		const at = ids.indexOf(space)
		if (at < 0) throw new AppError('not-found')
		const to = way === 'up' ? at - 1 : at + 1
		if (at !== from || to < 0 || to >= ids.length) return
		ids.splice(at, 1)
		ids.splice(to, 0, space)
		await tx.execute(sql`
			update spaces set position = placed.place
			from unnest(${pgArray(ids)}::uuid[]) with ordinality as placed(id, place)
			where spaces.id = placed.id and spaces.position <> placed.place`)
	},
})
