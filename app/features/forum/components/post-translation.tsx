import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { Bdi } from '~/ui/text'
import type { Fold } from '../forum.limits'
import type { PostTranslations, Reader, Version, Wished } from '../translation/reading.server'
import { canTranslate } from '../translation/translation.policy'
import { ThankForm } from './thank-form'
import { Folded, TranslatedBy, Words } from './translated-text'

interface PostTranslationProps {
	post: { id: string; lang: string; note: Fold | null }
	/** Undefined for a post without words (deleted, say): then there is nothing to add. */
	found?: PostTranslations
	reader: Reader
	/** The original, as it is shown without a translation. */
	children: ReactNode
}

/**
 * A post in a language she reads where there is one: the translation, marked, with the original one tap away. In a
 * language she reads already it is the original, and what can be done about translating it is folded below.
 */
export function PostTranslation({ post, found, reader, children }: PostTranslationProps) {
	if (!found) return children
	const instead = found.versions.find(({ html }) => html !== null)
	return (
		<>
			{instead ? (
				<Translated version={instead} of={post} mayWrite={reader.mayWrite}>
					{children}
				</Translated>
			) : (
				children
			)}
			<Offers post={post} found={found} reader={reader} instead={instead} />
		</>
	)
}

type TranslatedProps = {
	version: Version
	of: { lang: string; note: Fold | null }
	mayWrite: boolean
	children: ReactNode
}

/** The band says that it is a translation and whose; the original is right below. */
function Translated({ version, of, mayWrite, children }: TranslatedProps) {
	const { t } = useTranslation()
	const { id, html, lang, dir, title } = version
	return (
		<div className="translated" data-item="translation">
			<TranslatedBy version={version} />
			<Folded note={of.note}>
				<Words text={{ lang, dir, title, html: html ?? '' }} />
			</Folded>
			<div className="row small">
				{mayWrite && !version.hers ? <ThankForm version={version} /> : null}
				<a className="quiet-link" href={`/report/translation/${id}`}>
					<Icon name="flag" />
					<span>{t('forum:report')}</span>
				</a>
			</div>
			<Disclosure summary={<Original lang={of.lang} />} icon="languages">
				{children}
			</Disclosure>
		</div>
	)
}

function Original({ lang }: { lang: string }) {
	const { t } = useTranslation()
	return (
		<>
			{t('translation:read.original')} · <Bdi lang={lang}>{endonym(lang)}</Bdi>
		</>
	)
}

type OffersProps = Omit<PostTranslationProps, 'children' | 'found'> & {
	found: PostTranslations
	instead?: Version
}

/** What is wanted and can be done: wishes, other versions, translating it herself. */
function Offers({ post, found, reader, instead }: OffersProps) {
	const { t } = useTranslation()
	const current = new Set(found.versions.filter(({ outdated }) => !outdated).map(({ lang }) => lang))
	const reads = reader.languages.includes(post.lang)
	const wanted = (reads ? [reader.languages[0]!, ...reader.speaks] : reader.languages).filter(
		(lang, at, all) => lang !== post.lang && !current.has(lang) && all.indexOf(lang) === at,
	)
	const targets = reader.mayWrite ? reader.speaks.filter((lang) => canTranslate(reader, post.lang, lang)) : []
	const others = found.versions.filter((version) => version !== instead)
	// What she most likely wants stands open; the rest costs nobody a line.
	const open = !reads && (!instead || instead.outdated) ? wanted.slice(0, 1) : []
	const folded = wanted.filter((lang) => !open.includes(lang))
	return (
		<>
			{reader.mayWrite ? <WishForm post={post} langs={open} wishes={found.wishes} /> : null}
			{others.length + targets.length + (reader.mayWrite ? folded.length : 0) > 0 ? (
				<Disclosure summary={<OffersSummary count={others.length} />} icon={instead ? 'plus' : 'languages'}>
					<div className="stack">
						{others.length > 0 ? (
							<ul className="stack">
								{others.map((version) => (
									<li key={version.id}>
										<TranslatedBy version={version} />
										<a href={`/forum/translation/${version.id}`}>{t('translation:offers.open')}</a>
									</li>
								))}
							</ul>
						) : null}
						{reader.mayWrite ? <WishForm post={post} langs={folded} wishes={found.wishes} /> : null}
						<TranslateLinks post={post} targets={targets} wishes={found.wishes} />
					</div>
				</Disclosure>
			) : null}
		</>
	)
}

function OffersSummary({ count }: { count: number }) {
	const { t } = useTranslation()
	return count > 0 ? t('translation:offers.versions', { count }) : t('translation:offers.title')
}

type WishFormProps = { post: { id: string }; langs: readonly string[]; wishes: Wished[] }

/** "Please translate": a button for each language, with how many ask; pressed, it takes her wish back. */
function WishForm({ post, langs, wishes }: WishFormProps) {
	const { t } = useTranslation()
	if (langs.length === 0) return null
	return (
		<form method="post" action="/forum/translate/wish" className="row">
			<input type="hidden" name="post" value={post.id} />
			{langs.map((lang) => {
				const wished = wishes.find((one) => one.lang === lang)
				return (
					<Button
						key={lang}
						kind="plain"
						icon={wished?.hers ? 'check' : 'hand'}
						name={wished?.hers ? 'unwanted' : 'wanted'}
						value={lang}
						aria-pressed={wished?.hers ?? false}
					>
						{t('translation:wish.ask')} <Bdi lang={lang}>{endonym(lang)}</Bdi>
						<WishCount count={wished?.count ?? 0} />
					</Button>
				)
			})}
		</form>
	)
}

function WishCount({ count }: { count: number }) {
	const { t } = useTranslation()
	return count > 0 ? <span className="muted"> · {t('translation:wish.count', { count })}</span> : null
}

type LinksProps = { post: { id: string }; targets: readonly string[]; wishes: Wished[] }

function TranslateLinks({ post, targets, wishes }: LinksProps) {
	const { t } = useTranslation()
	return targets.map((lang) => (
		<a key={lang} className="quiet-link" href={`/forum/translate/${post.id}/${lang}`}>
			<Icon name="pencil" />
			<span>
				{t('translation:offers.write')} <Bdi lang={lang}>{endonym(lang)}</Bdi>
				<WishCount count={wishes.find((one) => one.lang === lang)?.count ?? 0} />
			</span>
		</a>
	))
}
