import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ButtonKind } from '~/ui/button'
import { Form, type FormResult, Submit } from '~/ui/form'
import type { IconName } from '~/ui/icons'
import { Notice } from '~/ui/page'
import type { SessionIntent } from '../session.intents'

type ActProps = {
	intent: SessionIntent
	/** What else it says: whom it is about, or what was so on this page. */
	with?: Record<string, string>
	kind?: ButtonKind
	icon?: IconName
	children: ReactNode
	/** Fields of hers, before the button. */
	fields?: ReactNode
}

/** One thing to do in a session: a form of its own, so that it works on every page and without scripts. */
export function Act({ intent, with: more = {}, kind = 'quiet', icon, children, fields }: ActProps) {
	const content = (
		<>
			<input type="hidden" name="intent" value={intent} />
			{Object.entries(more).map(([name, value]) => (
				<input key={name} type="hidden" name={name} value={value} />
			))}
			{fields}
			<Submit kind={kind} icon={icon}>
				{children}
			</Submit>
		</>
	)
	if (fields)
		return (
			<Form data-act="" id={[intent, more.member].filter(Boolean).join('-')}>
				{content}
			</Form>
		)
	return (
		<form method="post" data-act="">
			{content}
		</form>
	)
}

/** Why something could not be done, where the page has no field to say it at. */
export function Refused({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	if (!result || result.ok) return null
	const { why } = result.details ?? {}
	const key = typeof why === 'string' ? why : `errors:${result.code ?? 'invalid'}`
	return <Notice kind="care">{t(key, result.details ?? {})}</Notice>
}
