import { useTranslation } from 'react-i18next'
import type { FormResult } from '~/ui/form'
import { Notice } from '~/ui/page'

/** A button that no longer fits, because the other one was faster: what is so now, nothing more. */
export function Refused({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	if (!result || result.ok || result.code === 'invalid') return null
	const reason = result.details?.reason
	const key = typeof reason === 'string' ? `match:refused.${reason}` : `errors:${result.code ?? 'conflict'}`
	return <Notice kind="care" title={t(key, result.details ?? {})} />
}
