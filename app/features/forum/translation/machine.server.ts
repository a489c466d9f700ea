import { z } from 'zod'
import type { Actor } from '~/platform/actor'
import { command } from '~/platform/command.server'
import { env } from '~/platform/env.server'
import { AppError } from '~/platform/errors'
import { log } from '~/platform/log.server'
import { once } from '~/platform/once.server'
import { LIMITS } from '../forum.limits'
import { checkMayWrite } from '../forum.policy'
import { type AccessedPost, accessPost } from './access.server'
import { placeOf, readDraft, saveTranslationDraft } from './draft.server'
import { canTranslate } from './translation.policy'
import { PostInLanguage } from './translation.schema'

const WITHIN_MS = 8_000
/** What it knows changes when its operator installs a language. */
const LANGUAGES_FOR_MS = 3_600_000
const ANSWER_AT_MOST_BYTES = 512 * 1024

/** Tags of ours that LibreTranslate calls otherwise. */
const THEIR_TAGS: Record<string, readonly string[]> = { fil: ['tl'], 'zh-Hans': ['zh', 'zh-CN'], kmr: ['ku'] }

const Languages = z.array(z.object({ code: z.string(), targets: z.array(z.string()).optional() })).max(500)
const Translation = z.object({
	translatedText: z.string().refine((text) => Buffer.byteLength(text) <= LIMITS.body.bytes),
})

/** What may be sent to a machine at all: nothing from a closed space, asked under an alias, or behind a fold. */
export const isMachineAllowed = (post: Pick<AccessedPost, 'access' | 'topicAliased' | 'aliased' | 'note'>) =>
	env().translate !== null &&
	post.access === 'everyone' &&
	!post.topicAliased &&
	!post.aliased &&
	post.note === null

const refused = (why: string) => new AppError('unavailable', { fields: { '': `translation:machine.${why}` } })

async function readLimited(response: Response) {
	const chunks: Uint8Array[] = []
	let size = 0
	const reader = response.body?.getReader()
	while (reader) {
		const { done, value } = await reader.read()
		if (done) break
		size += value.byteLength
		if (size > ANSWER_AT_MOST_BYTES) {
			await reader.cancel()
			throw new Error('the answer is too long')
		}
		chunks.push(value)
	}
	return Buffer.concat(chunks).toString('utf8')
}

/** Asks the machine. Never follows it elsewhere, never waits longer than `signal`, never reads more than the limit. */
async function ask<Schema extends z.ZodType>(
	path: string,
	schema: Schema,
	signal: AbortSignal,
	body?: Record<string, unknown>,
): Promise<z.output<Schema>> {
	const { url, key } = env().translate!
	try {
		const response = await fetch(url + path, {
			method: body ? 'POST' : 'GET',
			headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
			body: body && JSON.stringify(key ? { ...body, api_key: key } : body),
			redirect: 'error',
			signal,
		})
		const text = await readLimited(response)
		if (!response.ok) throw new Error(`it answered ${response.status}`)
		return schema.parse(JSON.parse(text))
	} catch (error) {
		// Not the error itself: what a foreign server says may repeat what was sent.
		log.warn({ path, why: error instanceof Error ? error.name : typeof error }, 'machine translation')
		throw refused(signal.aborted ? 'slow' : 'broken')
	}
}

type Known = { url: string; until: number; languages: z.output<typeof Languages> }
const kept = once('machine-languages', () => ({ known: undefined as Known | undefined }))

async function knownLanguages(signal: AbortSignal) {
	const { url } = env().translate!
	if (kept.known?.url === url && kept.known.until > Date.now()) return kept.known.languages
	const languages = await ask('/languages', Languages, signal)
	kept.known = { url, until: Date.now() + LANGUAGES_FOR_MS, languages }
	return languages
}

/** Its names for the two languages. Throws where it does not know them. */
async function namesOf(from: string, to: string, signal: AbortSignal) {
	const languages = await knownLanguages(signal)
	const namesFor = (tag: string) => [tag, ...(THEIR_TAGS[tag] ?? [])]
	const source = languages.find(({ code }) => namesFor(from).includes(code))
	const target = namesFor(to).find((name) =>
		source?.targets ? source.targets.includes(name) : languages.some(({ code }) => code === name),
	)
	if (!source || !target) throw refused('unknown')
	return { source: source.code, target }
}

async function translate(texts: readonly string[], from: string, to: string) {
	const signal = AbortSignal.timeout(WITHIN_MS)
	const names = await namesOf(from, to, signal)
	return Promise.all(
		texts.map(async (q) => {
			if (!q) return ''
			const answer = await ask('/translate', Translation, signal, { q, ...names, format: 'text' })
			return answer.translatedText.replaceAll('\u0000', '').toWellFormed()
		}),
	)
}

/** Decides whether the post may be sent, and writes down that it will be: by whom, which post, none of its words. */
const allow = command({
	input: PostInLanguage,
	limit: 'forum.machine',
	async run({ actor, input, tx, audit }) {
		const post = await accessPost(tx, actor, input.post)
		checkMayWrite(actor, post.spaceId)
		if (!canTranslate(actor, post.lang, input.language)) throw new AppError('forbidden')
		if (!isMachineAllowed(post)) throw new AppError('forbidden')
		await audit({ action: 'translation.machine-draft', subjectKind: 'post', subjectId: post.id })
		return { id: post.id, lang: post.lang, title: post.title, body: post.body, to: input.language }
	},
})

/**
 * Puts what a machine makes of a post among her drafts, for her to correct and publish or throw away. Throws
 * `conflict` where she has begun herself, `forbidden` where the post must not be sent, `unavailable` with a kind word
 * where the machine does not answer.
 */
export async function draftByMachine(actor: Actor, raw: { post?: string; language?: string }) {
	const begun = await readDraft(actor, placeOf(raw.post ?? '', raw.language ?? ''))
	if (begun) throw new AppError('conflict', { fields: { '': 'translation:machine.begun' } })
	const post = await allow(actor, raw)
	const [title = '', body = ''] = await translate([post.title ?? '', post.body], post.lang, post.to)
	await saveTranslationDraft(actor, { post: post.id, language: post.to, title, body })
}
