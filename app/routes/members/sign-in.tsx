import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { signIn, signOut } from '~/features/members/account.server'
import { arrivalOf, enterTo } from '~/features/members/arrival.server'
import { SignInForm } from '~/features/members/components/sign-in-form'
import { titleFor } from '~/features/members/locale.server'
import { actorOfToken, readActor } from '~/features/members/session.server'
import { goTo, ownPath, page, respond } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => {
		const next = ownPath(new URL(args.request.url).searchParams.get('next'))
		if (await readActor(args)) throw goTo(next ?? '/')
		return { title: await titleFor(args, 'auth:signIn.title'), next }
	})

export const action = (args: ActionFunctionArgs) =>
	respond(args, async (fields) => {
		const entered = await signIn(await arrivalOf(args), fields)
		// Whoever was signed in here before is not any more: two accounts in one browser would get mixed up.
		const before = await readActor(args)
		if (before) await signOut(before, {})
		const next = ownPath(fields.next) ?? '/'
		const actor = await actorOfToken(entered.token)
		const due = actor !== null && actor.secondFactorDue !== 'no'
		return enterTo(due ? `/sign-in/second?next=${encodeURIComponent(next)}` : next, entered)
	})

export default function SignInRoute() {
	return <SignInForm next={useLoaderData<typeof loader>().next} result={useActionData<typeof action>()} />
}
