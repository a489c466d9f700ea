import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { TranslationWork } from '~/features/moderation/translators/components/translation-work'
import {
	giveWishBack,
	promise,
	readTranslationWork,
	sendTranslation,
	takeWish,
} from '~/features/moderation/translators/translating.server'
import type { Actor } from '~/platform/actor'
import { AppError } from '~/platform/errors'
import { type Fields, goTo, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

/** Titled like any page of hers: what she does here is nobody's business who looks at her screen. */
export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		...(await readTranslationWork(await requireActor(args))),
		title: await titleFor(args, 'nav.me'),
	}))

const ACTS: Record<string, (actor: Actor, fields: Fields) => Promise<unknown>> = {
	promise,
	take: takeWish,
	'give-back': giveWishBack,
	send: sendTranslation,
}

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const actor = await requireActor(args)
		const { intent } = fields
		const act = typeof intent === 'string' && Object.hasOwn(ACTS, intent) ? ACTS[intent] : undefined
		// Before anything else is said: for everyone who is no translator there is no such page.
		await readTranslationWork(actor)
		if (!act) throw new AppError('not-found')
		await act(actor, fields)
		return goTo('/moderation/translations')
	})

export default function TranslationsRoute() {
	const { title: _title, ...shown } = useLoaderData<typeof loader>()
	return <TranslationWork {...shown} result={useActionData<typeof action>()} />
}
