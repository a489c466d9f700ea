import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon'
import type { IconName } from './icons'
import { Sprig } from './sprig'

type HeadProps = {
	title: ReactNode
	lead?: ReactNode
	back?: { to: string; label: ReactNode }
	actions?: ReactNode
}

/** The one h1 of a page, the way back above it, one sentence and the main actions below it. */
export function PageHead({ title, lead, back, actions }: HeadProps) {
	return (
		<header className="page-head">
			{back ? (
				<a className="back" href={back.to}>
					<Icon name="chevron-left" />
					<span>{back.label}</span>
				</a>
			) : null}
			<h1>{title}</h1>
			{lead ? <p className="lead">{lead}</p> : null}
			{actions ? <div className="actions">{actions}</div> : null}
		</header>
	)
}

type ColumnsProps = { children: ReactNode; aside?: ReactNode; asideLabel?: string }

/** The column to read, and from 1024 px a second one for what helps this page, never for what is needed. */
export function Columns({ children, aside, asideLabel }: ColumnsProps) {
	const { t } = useTranslation()
	return (
		<div className="cols">
			<div className="col">{children}</div>
			{aside ? (
				<aside className="side" aria-label={asideLabel ?? t('common:page.aside')}>
					{aside}
				</aside>
			) : null}
		</div>
	)
}

/** A part of a page with its own heading. */
export function Section({ title, children, id }: { title: ReactNode; children: ReactNode; id?: string }) {
	return (
		<section className="section" id={id}>
			<h2>{title}</h2>
			{children}
		</section>
	)
}

type EmptyProps = { title: ReactNode; children?: ReactNode; action?: ReactNode; page?: boolean }

/** Nothing here yet: the sprig, one sentence, one way on. `page` where this is all there is: the title is the h1. */
export function Empty({ title, children, action, page }: EmptyProps) {
	const Title = page ? 'h1' : 'p'
	return (
		<div className="empty">
			<Sprig />
			<Title className="empty-title">{title}</Title>
			{children ? <div className="muted">{children}</div> : null}
			{action}
		</div>
	)
}

const NOTICE_ICON = { info: 'info', good: 'circle-check', care: 'triangle-alert' } as const

/** A word to the reader about this page: `info` to know, `good` it worked, `care` look before you go on. */
export function Notice({
	kind,
	title,
	children,
}: {
	kind: keyof typeof NOTICE_ICON
	title?: ReactNode
	children?: ReactNode
}) {
	return (
		<div className={`notice ${kind}`} role={kind === 'info' ? undefined : 'status'}>
			<Icon name={NOTICE_ICON[kind]} />
			<div>
				{title ? <p className="notice-title">{title}</p> : null}
				{children}
			</div>
		</div>
	)
}

/** Filters that are links; with `row` they stay in one line, which the thumb pushes along. */
export function Pills({ label, children, row }: { label: string; children: ReactNode; row?: boolean }) {
	return (
		<nav className={row ? 'pills one-row' : 'pills'} aria-label={label}>
			{children}
		</nav>
	)
}

export function Pill({
	to,
	current,
	children,
	icon,
}: {
	to: string
	current?: boolean
	children: ReactNode
	icon?: IconName
}) {
	return (
		<a className="pill" href={to} aria-current={current ? 'true' : undefined}>
			{current ? <Icon name="check" /> : icon ? <Icon name={icon} /> : null}
			<span>{children}</span>
		</a>
	)
}

/** The ways to older and newer entries of a long list. */
export function Pager({ olderTo, newerTo, label }: { olderTo?: string; newerTo?: string; label?: string }) {
	const { t } = useTranslation()
	if (!olderTo && !newerTo) return null
	return (
		<nav className="pager" aria-label={label ?? t('common:pager.label')}>
			{newerTo ? (
				<a className="btn quiet" href={newerTo} rel="prev">
					<Icon name="chevron-left" />
					<span>{t('common:pager.newer')}</span>
				</a>
			) : null}
			{olderTo ? (
				<a className="btn quiet older" href={olderTo} rel="next">
					<span>{t('common:pager.older')}</span>
					<Icon name="chevron-right" />
				</a>
			) : null}
		</nav>
	)
}

type DisclosureProps = { summary: ReactNode; icon?: IconName; children: ReactNode; open?: boolean }

/** A fold: the summary says what is inside; works without scripts. */
export function Disclosure({ summary, icon, children, open }: DisclosureProps) {
	return (
		<details className="fold" open={open}>
			<summary>
				{icon ? <Icon name={icon} /> : null}
				<span>{summary}</span>
				<Icon name="chevron-down" className="turn" />
			</summary>
			<div className="fold-body">{children}</div>
		</details>
	)
}
