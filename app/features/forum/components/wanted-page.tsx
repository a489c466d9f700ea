import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Said } from '~/platform/i18n/chain'
import { Button, ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Empty, Notice, PageHead, Pager, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { LanguageTag, Time } from '~/ui/text'

interface Entry {
	postId: string
	lang: string
	title: string
	titleLang: string
	titleDir: 'ltr' | 'rtl'
	space: Said
	excerpt: string
	note: string | null
	postLang: string
	postDir: 'ltr' | 'rtl'
	since: Date
}

interface WantedPageProps {
	wanted: (Entry & { wishes: number })[]
	hers: Entry[]
	next: string | null
	first: boolean
	speaksSeveral: boolean
	result?: FormResult
}

/** What others would like to read and she can translate; above it what she has taken on. Authors are not named. */
export function WantedPage({ wanted, hers, next, first, speaksSeveral, result }: WantedPageProps) {
	const { t } = useTranslation()
	const why = result?.fields?.[''] ?? `errors:${result?.code ?? 'conflict'}`
	return (
		<>
			<PageHead
				title={t('translation:wanted.title')}
				lead={t('translation:wanted.lead')}
				back={{ to: '/forum', label: t('forum:spaces.title') }}
			/>
			{result && !result.ok ? <Notice kind="care">{t(why)}</Notice> : null}
			{first && hers.length > 0 ? (
				<Section title={t('translation:wanted.hers')}>
					<CardList>
						{hers.map((entry) => (
							<WantedCard key={entry.postId + entry.lang} entry={entry}>
								<ButtonLink to={`/forum/translate/${entry.postId}/${entry.lang}`} icon="pencil">
									{t('translation:wanted.goOn')}
								</ButtonLink>
							</WantedCard>
						))}
					</CardList>
				</Section>
			) : null}
			<Section title={t('translation:wanted.list')}>
				{wanted.length === 0 ? (
					<Nothing speaksSeveral={speaksSeveral} />
				) : (
					<CardList>
						{wanted.map((entry) => (
							<WantedCard key={entry.postId + entry.lang} entry={entry} wishes={entry.wishes}>
								<form method="post">
									<input type="hidden" name="post" value={entry.postId} />
									<Button name="language" value={entry.lang} icon="hand">
										{t('translation:claim.take')}
									</Button>
								</form>
							</WantedCard>
						))}
					</CardList>
				)}
			</Section>
			<Pager
				olderTo={next ? `/forum/translate?after=${next}` : undefined}
				newerTo={first ? undefined : '/forum/translate'}
			/>
		</>
	)
}

function Nothing({ speaksSeveral }: { speaksSeveral: boolean }) {
	const { t } = useTranslation()
	if (speaksSeveral) return <Empty title={t('translation:wanted.none')} />
	return (
		<Empty
			title={t('translation:wanted.noLanguages')}
			action={<ButtonLink to="/me/profile">{t('translation:wanted.toProfile')}</ButtonLink>}
		/>
	)
}

function WantedCard({ entry, wishes, children }: { entry: Entry; wishes?: number; children: ReactNode }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="wanted">
			<div className="stack">
				<p className="meta">
					<LanguageTag tag={entry.postLang} />
					<Icon name="arrow-right" />
					<LanguageTag tag={entry.lang} />
					<span>
						<SaidText said={entry.space} />
					</span>
					{wishes === undefined ? null : <span>{t('translation:wish.count', { count: wishes })}</span>}
					<Time at={entry.since} />
				</p>
				{entry.title ? (
					<p className="translated-title said" lang={entry.titleLang} dir={entry.titleDir}>
						{entry.title}
					</p>
				) : null}
				{entry.note ? (
					<p className="muted">{t(`forum:note.${entry.note}`)}</p>
				) : (
					<p className="two-lines" lang={entry.postLang} dir={entry.postDir}>
						{entry.excerpt}
					</p>
				)}
				<div className="row">{children}</div>
			</div>
		</Card>
	)
}
