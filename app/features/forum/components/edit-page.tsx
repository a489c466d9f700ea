import { useTranslation } from 'react-i18next'
import { BeforeSending, withoutQuestion } from '~/features/moderation/components/before-sending'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import type { Silence } from '~/features/moderation/measures/restraints'
import { Card } from '~/ui/card'
import { Choice, Form, type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { LanguageTag } from '~/ui/text'
import type { WritingContext } from '../writing.server'
import { LanguageQuestion } from './language-question'
import { BodyField, DraftButtons, DraftNote, LanguageOfText, NoteChoice, TitleField } from './writing'

interface EditPageProps {
	post: {
		id: string
		title?: string
		body: string
		lang: string
		note: string | null
		version: number
		/** A moderator asked for the change. */
		asked: boolean
	}
	path: string
	writing: WritingContext
	/** Why she does not write here for now, if so. */
	silence: Silence | null
	result?: FormResult
}

/** The page to change a post on. Changed meanwhile in another tab, both texts stand here. */
export function EditPage(props: EditPageProps) {
	const { post, path, silence, result } = props
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forum:edit.title')}
				back={
					post.asked
						? { to: '/me/decisions', label: t('decisions:edit.back') }
						: { to: `${path}?from=${post.id}#p-${post.id}`, label: t('forum:edit.back') }
				}
			/>
			{post.asked ? <Notice kind="care">{t('decisions:edit.asked')}</Notice> : null}
			{silence ? <Silenced silence={silence} /> : null}
			{silence && !result ? null : <EditForm {...props} />}
		</>
	)
}

function EditForm({ post, writing, result }: EditPageProps) {
	const { t } = useTranslation()
	const { hasDraft } = writing
	return (
		<>
			<DraftNote hasDraft={hasDraft} result={result} />
			{result?.code === 'conflict' ? <OtherText post={post} /> : null}
			<Form result={withoutQuestion(result)} id="edit-form" data-draft={writing.place}>
				<input type="hidden" name="version" value={post.version} />
				<LanguageQuestion result={result} />
				<BeforeSending result={result} />
				{post.title === undefined ? null : <TitleField title={hasDraft ? writing.title : post.title} />}
				<BodyField label={t('forum:edit.body')} rows={10} text={hasDraft ? writing.body : post.body} />
				<LanguageOfText languages={writing.languages} language={hasDraft ? writing.language : post.lang} />
				<NoteChoice note={post.note ?? ''} />
				<Choice
					type="checkbox"
					name="minor"
					value="yes"
					label={t('forum:edit.minor')}
					hint={t('forum:edit.minorHint')}
				/>
				<Submit icon="check">{t('common:actions.save')}</Submit>
				<DraftButtons hasDraft={hasDraft} />
			</Form>
		</>
	)
}

/** What the post says now, above her own words in the form: she puts together what she wants. */
function OtherText({ post }: { post: EditPageProps['post'] }) {
	const { t } = useTranslation()
	return (
		<Section title={t('forum:edit.now')}>
			<Card>
				<LanguageTag tag={post.lang} />
				{post.title ? (
					<p className="said" lang={post.lang} dir="auto">
						<strong>{post.title}</strong>
					</p>
				) : null}
				<p className="bubble-text" lang={post.lang} dir="auto">
					{post.body}
				</p>
			</Card>
		</Section>
	)
}
