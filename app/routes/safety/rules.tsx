import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { AddedRules } from '~/features/members/editions/components/added-rules'
import { publishedEditions } from '~/features/members/editions/editions.server'
import { alsoFor, chainFor, titleFor } from '~/features/members/locale.server'
import { RULES_VERSION } from '~/features/members/members.schema'
import { ToldPage } from '~/features/safety/components/told-page'
import { RULES } from '~/features/safety/rules'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({
		title: await titleFor(args, 'footer.rules'),
		version: RULES_VERSION,
		editions: await publishedEditions(await chainFor(args), await alsoFor(args)),
	}))

export default function Rules() {
	const { t } = useTranslation()
	const { version, editions } = useLoaderData<typeof loader>()
	return (
		<ToldPage title="safety:rules.title" lead="safety:rules.lead" parts={RULES}>
			<AddedRules editions={editions} />
			<p>
				<a href="/help">{t('common:footer.help')}</a>
			</p>
			<p className="muted small">{t('safety:rules.version', { version })}</p>
		</ToldPage>
	)
}
