import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon'
import type { IconName } from './icons'

export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'plain'

type Look = { kind?: ButtonKind; icon?: IconName; wide?: boolean; children: ReactNode }

function classesOf(kind: ButtonKind, wide?: boolean) {
	return wide ? `btn ${kind} wide` : `btn ${kind}`
}

/** A button; its words are a verb. `plain` looks like a link and is for small actions beside a text. */
export function Button({
	kind = 'primary',
	icon,
	wide,
	children,
	type = 'submit',
	...rest
}: Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) {
	return (
		<button type={type} className={classesOf(kind, wide)} {...rest}>
			{icon ? <Icon name={icon} /> : null}
			<span>{children}</span>
		</button>
	)
}

/** A link that is the main thing to do next and so looks like a button. */
export function ButtonLink({
	to,
	kind = 'primary',
	icon,
	wide,
	children,
	rel,
}: Look & { to: string; rel?: string }) {
	return (
		<a href={to} className={classesOf(kind, wide)} rel={rel}>
			{icon ? <Icon name={icon} /> : null}
			<span>{children}</span>
		</a>
	)
}

/** Copies the text of the element with id `of`. Needs the browser script, which un-hides it. */
export function CopyButton({ of, children }: { of: string; children: ReactNode }) {
	const { t } = useTranslation()
	return (
		<Button
			type="button"
			kind="quiet"
			icon="copy"
			hidden
			data-copy={of}
			data-done={t('common:actions.copied')}
		>
			{children}
		</Button>
	)
}

/** Opens the browser's print window. Needs the browser script, which un-hides it. */
export function PrintButton({ children }: { children: ReactNode }) {
	return (
		<Button type="button" kind="quiet" icon="printer" hidden data-print="">
			{children}
		</Button>
	)
}
