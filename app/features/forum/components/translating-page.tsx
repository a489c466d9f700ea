import { useTranslation } from 'react-i18next'
import { BeforeSending, withoutQuestion } from '~/features/moderation/components/before-sending'
import { endonym } from '~/platform/i18n/languages'
import { Button, ButtonLink } from '~/ui/button'
import { Field, Form, type FormResult, TextArea } from '~/ui/form'
import { Notice, PageHead } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import { LIMITS } from '../forum.limits'
import type { Translating } from '../translation/writing.server'
import { Folded, OriginalText } from './translated-text'

interface TranslatingPageProps {
	page: Translating
	/** She has just saved, or a machine has just drafted. */
	said?: string | null
	result?: FormResult
}

/** The page to write a translation on: the original and her text on one screen. */
export function TranslatingPage({ page, said, result }: TranslatingPageProps) {
	const { t } = useTranslation()
	const { original } = page
	return (
		<>
			<PageHead
				title={
					<>
						{t('translation:write.title')} <Bdi lang={page.lang}>{endonym(page.lang)}</Bdi>
					</>
				}
				lead={t('translation:write.lead')}
				back={{ to: page.path, label: t('translation:read.toPost') }}
			/>
			<div className="stack">
				<Standing page={page} said={said} />
				<div className="beside">
					<Folded note={original.note}>
						<OriginalText original={original} />
					</Folded>
					<TranslationForm page={page} result={result} />
				</div>
			</div>
		</>
	)
}

/** What she should know before she writes. */
function Standing({ page, said }: Pick<TranslatingPageProps, 'page' | 'said'>) {
	const { t } = useTranslation()
	return (
		<>
			{said === 'saved' ? <Notice kind="good">{t('translation:write.saved')}</Notice> : null}
			{said === 'machine' ? <Notice kind="care">{t('translation:machine.read')}</Notice> : null}
			{page.ownAlias ? <Notice kind="care">{t('translation:refused.ownAlias')}</Notice> : null}
			{page.outdated ? <Notice kind="care">{t('translation:write.outdated')}</Notice> : null}
			{page.claim === 'taken' ? <Notice kind="care">{t('translation:refused.taken')}</Notice> : null}
			{page.others.length > 0 ? (
				<Notice kind="info">
					<p>{t('translation:write.others', { count: page.others.length })}</p>
					<ul>
						{page.others.map(({ id, author }) => (
							<li key={id}>
								<a href={`/forum/translation/${id}`}>
									<Bdi>{author ?? t('forum:formerMember')}</Bdi>
								</a>
							</li>
						))}
					</ul>
				</Notice>
			) : null}
			<ClaimForm claim={page.claim} />
		</>
	)
}

/** Tells the others that she is at it, or gives it back. */
function ClaimForm({ claim }: Pick<Translating, 'claim'>) {
	const { t } = useTranslation()
	if (claim !== 'free' && claim !== 'hers') return null
	const act = claim === 'hers' ? 'release' : 'claim'
	return (
		<form method="post" className="row">
			<span className="muted">{t(`translation:claim.${claim}`)}</span>
			<Button kind="quiet" name="act" value={act} icon={act === 'claim' ? 'hand' : 'undo-2'}>
				{t(act === 'claim' ? 'translation:claim.take' : 'translation:claim.giveBack')}
			</Button>
		</form>
	)
}

/** What her answer to a question does. */
const PUBLISH_SURELY = { name: 'act', value: 'publish-surely' }

function TranslationForm({ page, result }: Omit<TranslatingPageProps, 'said'>) {
	const { t } = useTranslation()
	const key = typeof result?.values?.key === 'string' ? result.values.key : page.key
	return (
		<Form result={withoutQuestion(result)} id="translation" data-draft={page.place}>
			<input type="hidden" name="key" value={key} />
			<input type="hidden" name="language" value={page.lang} />
			<input type="hidden" name="of" value={page.of} />
			<input type="hidden" name="seen" value={page.seen} />
			<BeforeSending result={result} answer={PUBLISH_SURELY} />
			{page.original.title === null ? null : (
				<Field
					name="title"
					label={t('translation:write.titleLabel')}
					defaultValue={page.text.title}
					lang={page.lang}
					dir="auto"
					required
					autoComplete="off"
				/>
			)}
			<TextArea
				name="body"
				label={t('translation:write.bodyLabel')}
				defaultValue={page.text.body}
				counter={LIMITS.body.graphemes}
				rows={10}
				lang={page.lang}
				required
			/>
			<div className="row">
				<Button name="act" value="publish" icon="send">
					{t('translation:write.publish')}
				</Button>
				<Button kind="quiet" name="act" value="save" formNoValidate>
					{t('translation:write.save')}
				</Button>
				{page.machine ? (
					<Button kind="quiet" name="act" value="machine" icon="languages">
						{t('translation:machine.start')}
					</Button>
				) : null}
			</div>
			{page.machine ? <p className="hint">{t('translation:machine.hint')}</p> : null}
			{page.savedAt ? (
				<p className="hint">
					{t('translation:write.savedAt')} <Time at={page.savedAt} />
				</p>
			) : null}
		</Form>
	)
}

interface GonePageProps {
	lang: string
	draft: { title: string; body: string }
}

/** The post was taken away while she wrote: her own words are still hers, to copy or to throw away. */
export function GonePage({ lang, draft }: GonePageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('translation:gone.title')} lead={t('translation:gone.lead')} />
			<div className="stack">
				{draft.title ? (
					<p className="translated-title" lang={lang} dir="auto">
						{draft.title}
					</p>
				) : null}
				<p className="whitespace-pre-line" lang={lang} dir="auto">
					{draft.body}
				</p>
				<div className="row">
					<form method="post">
						<Button kind="quiet" icon="trash-2" name="act" value="discard">
							{t('translation:gone.discard')}
						</Button>
					</form>
					<ButtonLink to="/forum/translate" kind="quiet" icon="languages">
						{t('translation:wanted.title')}
					</ButtonLink>
				</div>
			</div>
		</>
	)
}
