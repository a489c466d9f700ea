import type { LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { titleFor } from '~/features/members/locale.server'
import { requireActor } from '~/features/members/session.server'
import { RotaPage } from '~/features/moderation/rota/components/rota-page'
import { readRota } from '~/features/moderation/rota/rota.server'
import { page } from '~/platform/http.server'
import { actOnRota } from '../rota-acts.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		rota: await readRota(await requireActor(args), 'moderator'),
		title: await titleFor(args, 'nav.moderation'),
	}))

export const action = actOnRota('moderator', '/moderation/rota')

export default function RotaRoute() {
	const { t } = useTranslation()
	const { rota } = useLoaderData<typeof loader>()
	const result = useActionData<typeof action>()
	return (
		<RotaPage rota={rota} back={{ to: '/moderation', label: t('common:nav.moderation') }} result={result} />
	)
}
