import type { LoaderFunctionArgs } from '@remix-run/node'
import { useTranslation } from 'react-i18next'
import { titleFor } from '~/features/members/locale.server'
import { ToldPage } from '~/features/safety/components/told-page'
import { PRIVACY } from '~/features/safety/privacy'
import { page } from '~/platform/http.server'

export { titled as meta } from '~/page-title'

export const loader = (args: LoaderFunctionArgs) =>
	page(args, async () => ({ title: await titleFor(args, 'footer.privacy') }))

export default function Privacy() {
	const { t } = useTranslation()
	return (
		<ToldPage title="safety:privacy.title" lead="safety:privacy.lead" parts={PRIVACY}>
			<p>
				<a href="/help#safe">{t('common:footer.safe')}</a>
			</p>
		</ToldPage>
	)
}
