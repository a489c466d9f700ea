import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate, formatNumber } from '~/platform/i18n/format'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { AlsoIn } from './also-in'
import { Icon } from './icon'
import type { IconName } from './icons'
import { MENU_FORM } from './keeping'
import { ShowIn } from './show-in'
import { Mark } from './sprig'

/** One entry of the main navigation; `key` is a word under `common:nav`, `dot` how many things are new. */
export type NavEntry = { to: string; key: string; icon: IconName; current: boolean; dot?: number }

type FrameProps = {
	/** The address of the page, with its query. */
	path: string
	locale: string
	/** In the order of the menu. */
	locales: readonly string[]
	/** The language the page is shown in besides its own. */
	also?: string
	nav: NavEntry[]
	example: boolean
	handle?: string
	unread?: number
	/** Who read this language, once a native speaker has. */
	reviewed?: { by: string; at: string } | null
	/** Where she says a sentence of the page better. */
	betterTo?: string
	children: ReactNode
}

type MenuProps = Pick<FrameProps, 'path' | 'locale' | 'locales' | 'also'>

/** The first five entries sit at the thumb on phones; the rest are staff work and get a strip above the page. */
const AT_THE_THUMB = 5

/** What stands around every page: the way out, her language, where she is, and where help is. */
export function Frame({ path, locale, locales, also, nav, example, unread, children, ...foot }: FrameProps) {
	const { t } = useTranslation()
	return (
		<div className={nav.length > 0 ? 'frame with-nav' : 'frame'}>
			<header className="top">
				<a className="skip" href="#content">
					{t('common:skip.content')}
				</a>
				<a className="skip" href="/exit" rel="nofollow noreferrer">
					{t('common:exit.leave')}
				</a>
				<div className="top-in">
					<a className="brand" href="/">
						<Mark />
						<span translate="no">Mimosa</span>
					</a>
					<span className="push" />
					{unread === undefined ? null : <Bell unread={unread} />}
					<LanguageMenu path={path} locale={locale} locales={locales} also={also} />
					<Leave />
				</div>
			</header>
			{example ? <Example /> : null}
			<div className="house">
				{nav.length > 0 ? <Navigation entries={nav} /> : null}
				<div className="page">
					<main id="content" tabIndex={-1}>
						{children}
					</main>
					<Footer {...foot} />
				</div>
			</div>
		</div>
	)
}

/** Says on every page of the invented community that it is invented. */
function Example() {
	const { t } = useTranslation()
	return (
		<aside className="example" aria-label={t('common:example.label')}>
			<p>{t('common:example.band')}</p>
		</aside>
	)
}

/** Leave now. The browser script blanks the page first; its words for the keys travel here. */
function Leave() {
	const { t } = useTranslation()
	return (
		<a
			id="leave"
			className="leave"
			href="/exit"
			rel="nofollow noreferrer"
			data-title={t('common:exit.blankTitle')}
			data-two={t('common:exit.twoMore')}
			data-one={t('common:exit.oneMore')}
			data-going={t('common:exit.going')}
			data-stopped={t('common:exit.stopped')}
		>
			<Icon name="door-open" />
			<span>{t('common:exit.leave')}</span>
		</a>
	)
}

function Bell({ unread }: { unread: number }) {
	const { t } = useTranslation()
	return (
		<a className="bell" href="/notices">
			<Icon name="bell" />
			<span className="sr-only">{t('common:notices.label')}</span>
			<Count count={unread} />
		</a>
	)
}

/** Beyond this the number itself says nothing more. */
const COUNTED = 99

/** How many notices are new, to see and to hear. */
function Count({ count }: { count: number }) {
	const { t, i18n } = useTranslation()
	if (count < 1) return null
	const shown = formatNumber(i18n.language, Math.min(count, COUNTED))
	return (
		<span className="count">
			<span aria-hidden="true">{count > COUNTED ? `${shown}+` : shown}</span>
			<span className="sr-only">{t('common:unread.new', { count })}</span>
		</span>
	)
}

/**
 * The languages of the interface. On a page where she writes they send that form to its own page, where nothing is done
 * but say it in another language (docs/decisions/028).
 */
function LanguageMenu({ path, locale, locales, also }: MenuProps) {
	const { t } = useTranslation()
	return (
		<details className="menu" data-menu="">
			<summary>
				<Icon name="languages" />
				<span className="sr-only">{t('common:language.label')}</span>
				<span className="menu-name" lang={locale}>
					{endonym(locale)}
				</span>
			</summary>
			<form method="post" encType="multipart/form-data" action={path} id={MENU_FORM} className="menu-panel">
				{locales.map((tag) => (
					<ShowIn key={tag} path={path} value={tag} lang={tag} current={tag === locale}>
						<span dir={dirOf(tag)}>{endonym(tag)}</span>
					</ShowIn>
				))}
				<AlsoIn path={path} locale={locale} locales={locales} also={also} />
			</form>
		</details>
	)
}

function Navigation({ entries }: { entries: NavEntry[] }) {
	const { t } = useTranslation()
	const more = entries.slice(AT_THE_THUMB)
	return (
		<nav className="nav" aria-label={t('common:nav.label')}>
			<NavList className="nav-main" entries={entries.slice(0, AT_THE_THUMB)} />
			{more.length > 0 ? <NavList className="nav-more" entries={more} /> : null}
		</nav>
	)
}

function NavList({ className, entries }: { className: string; entries: NavEntry[] }) {
	const { t } = useTranslation()
	return (
		<ul className={className}>
			{entries.map((entry) => (
				<li key={entry.to}>
					<a href={entry.to} aria-current={entry.current ? 'page' : undefined}>
						<span className="nav-icon">
							<Icon name={entry.icon} />
							<Dot count={entry.dot ?? 0} />
						</span>
						<span>{t(`common:nav.${entry.key}`)}</span>
					</a>
				</li>
			))}
		</ul>
	)
}

/** How many things are new: a mimosa dot to see, a number to hear. */
export function Dot({ count }: { count: number }) {
	const { t } = useTranslation()
	if (count < 1) return null
	return (
		<span className="dot">
			<span className="sr-only">{t('common:unread.new', { count })}</span>
		</span>
	)
}

/** Where help is on every page, and how far its language is. */
function Footer({ reviewed, betterTo }: Pick<FrameProps, 'reviewed' | 'betterTo'>) {
	const { t, i18n } = useTranslation()
	const date = reviewed ? formatDate(i18n.language, new Date(reviewed.at)) : ''
	return (
		<footer className="foot">
			<nav aria-label={t('common:footer.label')}>
				<a href="/help">
					<Icon name="life-buoy" />
					<span>{t('common:footer.help')}</span>
				</a>
				<a href="/help#safe">{t('common:footer.safe')}</a>
				<a href="/rules">{t('common:footer.rules')}</a>
				<a href="/privacy">{t('common:footer.privacy')}</a>
			</nav>
			<p className="muted small">
				{reviewed ? t('common:footer.reviewed', { by: reviewed.by, date }) : t('common:footer.translation')}
			</p>
			{betterTo ? (
				<p className="small">
					<a href={betterTo}>{t('common:footer.better')}</a>
				</p>
			) : null}
		</footer>
	)
}
