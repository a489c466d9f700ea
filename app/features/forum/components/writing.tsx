import { useTranslation } from 'react-i18next'
import { BeforeSending, withoutQuestion } from '~/features/moderation/components/before-sending'
import { Silenced } from '~/features/moderation/measures/components/silenced'
import type { Silence } from '~/features/moderation/measures/restraints'
import type { Said } from '~/platform/i18n/chain'
import { formatNumber } from '~/platform/i18n/format'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Choice, Field, Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { LIMITS, NOTES } from '../forum.limits'
import type { WritingContext } from '../writing.server'
import { LanguageQuestion } from './language-question'
import { ReplyExcerpt } from './reply-excerpt'

interface WritingProps {
	writing: WritingContext
	result?: FormResult
}

/** What a refused form was sent with stays in it. */
const sentWith = (result: FormResult | undefined, name: string) => {
	const value = result?.values?.[name]
	return typeof value === 'string' ? value : undefined
}

/** The key she was given first stays: a form sent, refused and sent again is one post. */
const keyOf = ({ writing, result }: WritingProps) => sentWith(result, 'key') ?? writing.key

export function LanguageOfText({ languages, language }: { languages: string[]; language: string }) {
	const { t } = useTranslation()
	return (
		<Select
			name="language"
			label={t('forum:write.language')}
			options={languages.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))}
			defaultValue={language}
		/>
	)
}

/** Folds the text for its readers, who open it when they want to. */
export function NoteChoice({ note = '' }: { note?: string }) {
	const { t } = useTranslation()
	const options = [
		{ value: '', label: t('forum:note.none') },
		...NOTES.map((value) => ({ value, label: t(`forum:note.${value}`) })),
	]
	return (
		<Select
			name="note"
			label={t('forum:note.label')}
			hint={t('forum:note.hint')}
			options={options}
			defaultValue={note}
		/>
	)
}

interface BodyProps {
	label: string
	rows: number
	text: string
}

export function BodyField({ label, rows, text }: BodyProps) {
	const { t, i18n } = useTranslation()
	const limit = formatNumber(i18n.language, LIMITS.body.graphemes)
	return (
		<TextArea
			name="body"
			label={label}
			hint={`${t('forum:write.hint')} ${t('forum:write.limit', { limit })}`}
			counter={LIMITS.body.graphemes}
			rows={rows}
			defaultValue={text}
			required
		/>
	)
}

/** Without scripts she keeps her text by this button; with them it is kept while she types. */
export function DraftButtons({ hasDraft }: { hasDraft: boolean }) {
	const { t } = useTranslation()
	return (
		<div className="row">
			<Button kind="plain" name="intent" value="draft" formNoValidate>
				{t('forum:draft.keep')}
			</Button>
			{hasDraft ? (
				<Button kind="plain" icon="trash-2" name="intent" value="discard" formNoValidate>
					{t('forum:draft.discard')}
				</Button>
			) : null}
		</div>
	)
}

/** Says that the form opens with what she had begun. */
export function DraftNote({ hasDraft, result }: { hasDraft: boolean; result?: FormResult }) {
	const { t } = useTranslation()
	if (!hasDraft || result) return null
	return <Notice kind="info">{t('forum:draft.opened')}</Notice>
}

/** Under which name she writes here, where it is not her own. */
function AliasNote({ alias }: { alias: number | null }) {
	const { t } = useTranslation()
	if (alias === null) return null
	return <Notice kind="info">{t('forum:aliasing.here', { name: t(`forum:alias.${alias}`) })}</Notice>
}

/** Which post she answers, also where it went while she wrote: then she is told so when she sends. */
function Answered({ writing: { target, quoted }, result, alias }: WritingProps & { alias: number | null }) {
	const replyTo = target?.id ?? sentWith(result, 'replyTo')
	const quote = quoted || sentWith(result, 'quoted')
	return (
		<>
			{replyTo ? <input type="hidden" name="replyTo" value={replyTo} /> : null}
			{quote ? <input type="hidden" name="quoted" value={quote} /> : null}
			{target ? <ReplyExcerpt reply={target} alias={alias} /> : null}
		</>
	)
}

type AnswerFormProps = WritingProps & { topic: { alias: number | null; mine: boolean } }

export function AnswerForm({ writing, result, topic }: AnswerFormProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('forum:write.answerTitle')} id="answer">
			<DraftNote hasDraft={writing.hasDraft} result={result} />
			{topic.mine ? <AliasNote alias={topic.alias} /> : null}
			<Form result={withoutQuestion(result)} id="answer-form" data-draft={writing.place}>
				<input type="hidden" name="key" value={keyOf({ writing, result })} />
				<Answered writing={writing} result={result} alias={topic.alias} />
				<LanguageQuestion result={result} />
				<BeforeSending result={result} />
				<BodyField label={t('forum:write.answerLabel')} rows={5} text={writing.body} />
				<LanguageOfText languages={writing.languages} language={writing.language} />
				<NoteChoice />
				<Submit icon="send">{t('forum:write.answer')}</Submit>
				<DraftButtons hasDraft={writing.hasDraft} />
			</Form>
		</Section>
	)
}

/** Her text for a topic that was closed meanwhile: hers to read, copy or throw away. */
export function KeptAnswer({ writing }: { writing: WritingContext }) {
	const { t } = useTranslation()
	if (!writing.hasDraft) return null
	return (
		<Section title={t('forum:draft.yours')} id="answer">
			<p>{t('forum:draft.locked')}</p>
			<Form id="kept-form">
				<TextArea
					name="body"
					label={t('forum:write.answerLabel')}
					rows={5}
					defaultValue={writing.body}
					readOnly
				/>
				<Button kind="plain" icon="trash-2" name="intent" value="discard">
					{t('forum:draft.discard')}
				</Button>
			</Form>
		</Section>
	)
}

interface QuestionFormProps extends WritingProps {
	space: { id: string; name: Said; aliasAllowed: boolean }
	/** Why she does not write here for now, if so. */
	silence?: Silence | null
}

/** The page to ask a question on. */
export function QuestionForm(props: QuestionFormProps) {
	const { space, silence, result } = props
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forum:write.title')}
				lead={t('forum:write.lead')}
				back={{ to: `/forum/${space.id}`, label: <SaidText said={space.name} /> }}
			/>
			{silence ? <Silenced silence={silence} /> : null}
			{silence && !result ? null : <Question {...props} />}
		</>
	)
}

function Question({ space, writing, result }: QuestionFormProps) {
	const { t } = useTranslation()
	return (
		<>
			<DraftNote hasDraft={writing.hasDraft} result={result} />
			<Form result={withoutQuestion(result)} id="question-form" data-draft={writing.place}>
				<input type="hidden" name="key" value={keyOf({ writing, result })} />
				<LanguageQuestion result={result} />
				<BeforeSending result={result} />
				<TitleField title={writing.title} />
				<BodyField label={t('forum:write.bodyLabel')} rows={8} text={writing.body} />
				<LanguageOfText languages={writing.languages} language={writing.language} />
				<NoteChoice />
				{space.aliasAllowed ? <AliasChoice /> : null}
				<Submit icon="send">{t('forum:write.publish')}</Submit>
				<DraftButtons hasDraft={writing.hasDraft} />
			</Form>
		</>
	)
}

export function TitleField({ title }: { title: string }) {
	const { t } = useTranslation()
	return (
		<Field
			name="title"
			label={t('forum:write.titleLabel')}
			hint={t('forum:write.titleHint')}
			defaultValue={title}
			dir="auto"
			required
			autoComplete="off"
		/>
	)
}

/** What it does and what it does not stand before the box: she decides knowing both. */
function AliasChoice() {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<p className="hint">{t('forum:aliasing.explained')}</p>
			<Choice type="checkbox" name="alias" value="yes" icon="flower" label={t('forum:aliasing.choose')} />
		</div>
	)
}
