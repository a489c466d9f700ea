import type { ReactNode } from 'react'
import { Icon } from './icon'
import type { IconName } from './icons'
import { buttonName, MENU_FORM } from './keeping'

interface ShowInProps {
	/** The address of the page, with its query. */
	path: string
	/** A locale, or one to show besides ("+it", "-" for none). */
	value: string
	/** The language of its words, where that is not the page's. */
	lang?: string
	current?: boolean
	icon?: IconName
	children: ReactNode
}

/** Shows this page in another language: on a page where she writes it sends that form, so nothing she typed is lost. */
export function ShowIn({ path, value, lang, current, icon, children }: ShowInProps) {
	return (
		<button
			type="submit"
			form={MENU_FORM}
			formAction={path}
			formMethod="post"
			formEncType="multipart/form-data"
			formNoValidate
			name={buttonName(MENU_FORM)}
			value={value}
			lang={lang}
			aria-current={current ? 'true' : undefined}
		>
			{icon ? <Icon name={icon} /> : null}
			{children}
			{current ? <Icon name="check" /> : null}
		</button>
	)
}
