import { isRouteErrorResponse, useRouteError } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink, CopyButton } from '~/ui/button'
import { PageHead } from '~/ui/page'
import { Trouble } from '~/ui/trouble'

interface Unsent {
	code?: string
	details?: Record<string, string | number>
	/** Her words, which could go nowhere. */
	words?: string
	/** They are kept as a draft, and open when she comes back. */
	kept?: boolean
	to?: string
}

/** Instead of a page whose form could not be taken: what she wrote is here, whatever happened to the page. */
export function UnsentBoundary() {
	const error = useRouteError()
	const { code, details, ...unsent } =
		(isRouteErrorResponse(error) ? (error.data as Unsent) : undefined) ?? {}
	if (!unsent.words) return <Trouble code={code ?? 'unavailable'} details={details} />
	return <YourWords code={code} {...unsent} />
}

function YourWords({ code, words, kept, to = '/' }: Unsent) {
	const { t } = useTranslation()
	const signedOut = code === 'not-signed-in'
	return (
		<>
			<PageHead
				title={t('forum:unsent.title')}
				lead={
					kept ? t('forum:unsent.kept') : signedOut ? t('forum:unsent.signedOut') : t('forum:unsent.gone')
				}
			/>
			<div className="stack">
				<textarea
					className="input"
					id="unsent"
					rows={10}
					dir="auto"
					readOnly
					aria-label={t('forum:unsent.words')}
					defaultValue={words}
				/>
				<div className="row">
					{signedOut ? (
						<ButtonLink to={`/sign-in?next=${encodeURIComponent(to)}`} icon="log-in">
							{t('forum:unsent.signIn')}
						</ButtonLink>
					) : null}
					<CopyButton of="unsent">{t('forum:unsent.copy')}</CopyButton>
				</div>
			</div>
		</>
	)
}
