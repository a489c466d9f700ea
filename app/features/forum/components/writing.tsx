import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Field, Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { PageHead, Section } from '~/ui/page'
import { LIMITS } from '../forum.limits'

export interface WritingContext {
	/** The form's own key: sent twice, it is still one post. */
	key: string
	/** Tags she may choose, hers first. */
	languages: string[]
	language: string
}

const languageOptions = (tags: string[]) =>
	tags.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))

function LanguageOfText({ writing }: { writing: WritingContext }) {
	const { t } = useTranslation()
	return (
		<Select
			name="language"
			label={t('forum:write.language')}
			options={languageOptions(writing.languages)}
			defaultValue={writing.language}
		/>
	)
}

/** The key she was given first stays: a form sent, refused and sent again is one post. */
const keyOf = (writing: WritingContext, result?: FormResult) =>
	typeof result?.values?.key === 'string' ? result.values.key : writing.key

export function AnswerForm({ writing, result }: { writing: WritingContext; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('forum:write.answerTitle')} id="answer">
			<Form result={result} id="answer-form">
				<input type="hidden" name="key" value={keyOf(writing, result)} />
				<TextArea
					name="body"
					label={t('forum:write.answerLabel')}
					hint={t('forum:write.hint')}
					counter={LIMITS.body.graphemes}
					rows={5}
					required
				/>
				<LanguageOfText writing={writing} />
				<Submit icon="send">{t('forum:write.answer')}</Submit>
			</Form>
		</Section>
	)
}

interface QuestionFormProps {
	space: { id: string; name: string }
	writing: WritingContext
	result?: FormResult
}

/** The page to ask a question on. */
export function QuestionForm({ space, writing, result }: QuestionFormProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('forum:write.title')}
				lead={t('forum:write.lead')}
				back={{ to: `/forum/${space.id}`, label: space.name }}
			/>
			<Form result={result}>
				<input type="hidden" name="key" value={keyOf(writing, result)} />
				<Field
					name="title"
					label={t('forum:write.titleLabel')}
					hint={t('forum:write.titleHint')}
					dir="auto"
					required
					autoComplete="off"
				/>
				<TextArea
					name="body"
					label={t('forum:write.bodyLabel')}
					hint={t('forum:write.hint')}
					counter={LIMITS.body.graphemes}
					rows={8}
					required
				/>
				<LanguageOfText writing={writing} />
				<Submit icon="send">{t('forum:write.publish')}</Submit>
			</Form>
		</>
	)
}
