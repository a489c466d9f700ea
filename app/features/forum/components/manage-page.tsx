import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Choice, ChoiceGroup, Field, Form, type FormResult, Select, Submit } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Notice, PageHead, Section } from '~/ui/page'
import type { ManagedTopic } from '../tools/manage-page.server'

type ManageProps = ManagedTopic & { told: string | null; result?: FormResult }

/** A topic's tools for the moderators of its space; each part is a form of its own. */
export function ManagePage(props: ManageProps) {
	const { t } = useTranslation()
	const { space, topic, targets, answers } = props
	// What was refused is said at the form that sent it.
	const resultOf = (intent: string) => (props.result?.values?.intent === intent ? props.result : undefined)
	return (
		<>
			<PageHead
				title={t('forum:manage.title')}
				lead={
					<span lang={topic.lang} dir={topic.dir}>
						<bdi>{topic.title}</bdi>
					</span>
				}
				back={{ to: `/forum/${space.id}/${topic.id}`, label: t('forum:manage.back') }}
			/>
			{props.told === 'moved' ? <Notice kind="care">{t('forum:manage.refused.moved')}</Notice> : null}
			<Marks topic={topic} resultOf={resultOf} />
			{targets.length > 0 ? <MoveForm targets={targets} result={resultOf('move')} /> : null}
			{topic.aliased ? (
				<Section title={t('forum:manage.mergeTitle')}>
					<Notice kind="info">{t('forum:manage.refused.alias')}</Notice>
				</Section>
			) : (
				<MergeForm result={resultOf('merge')} />
			)}
			{answers.length > 0 ? <SplitForm {...props} result={resultOf('split')} /> : null}
		</>
	)
}

type ResultOf = (intent: string) => FormResult | undefined

function Marks({ topic, resultOf }: { topic: ManagedTopic['topic']; resultOf: ResultOf }) {
	const { t } = useTranslation()
	const [pin, lock] = [topic.pinned ? 'unpin' : 'pin', topic.locked ? 'unlock' : 'lock']
	return (
		<Section title={t('forum:manage.marksTitle')}>
			<div className="stack">
				{[pin, lock].map((intent) => (
					<Form key={intent} id={intent} result={resultOf(intent)}>
						<p>{t(`forum:manage.${intent}Text`)}</p>
						<input type="hidden" name="intent" value={intent} />
						<Submit kind="quiet" icon={intent === pin ? 'pin' : 'lock'}>
							{t(`forum:manage.${intent}`)}
						</Submit>
					</Form>
				))}
			</div>
		</Section>
	)
}

function MoveForm({ targets, result }: { targets: ManagedTopic['targets']; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('forum:manage.moveTitle')}>
			<Form id="move" result={result}>
				<input type="hidden" name="intent" value="move" />
				<Select
					name="to"
					label={t('forum:manage.moveTo')}
					hint={t('forum:manage.moveHint')}
					options={targets.map(({ id, name }) => ({ value: id, label: name.text, lang: name.lang }))}
				/>
				<Submit kind="quiet">{t('forum:manage.move')}</Submit>
			</Form>
		</Section>
	)
}

function MergeForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('forum:manage.mergeTitle')}>
			<Form id="merge" result={result}>
				<input type="hidden" name="intent" value="merge" />
				<Field
					name="into"
					label={t('forum:manage.mergeInto')}
					hint={t('forum:manage.mergeHint')}
					dir="ltr"
					autoComplete="off"
					required
				/>
				<Submit kind="quiet">{t('forum:manage.merge')}</Submit>
			</Form>
		</Section>
	)
}

function SplitForm({ space, topic, answers, next, formKey, languages, result }: ManageProps) {
	const { t } = useTranslation()
	const sent = result?.values?.key
	return (
		<Section title={t('forum:manage.splitTitle')} id="split-section">
			<Form id="split" result={result}>
				<input type="hidden" name="intent" value="split" />
				<input type="hidden" name="key" value={typeof sent === 'string' ? sent : formKey} />
				<ChoiceGroup name="posts" legend={t('forum:manage.splitPosts')}>
					{answers.map((post) => (
						<Choice
							key={post.id}
							type="checkbox"
							name="posts"
							value={post.id}
							label={
								<span lang={post.lang} dir={post.dir}>
									<bdi>{post.excerpt}</bdi>
								</span>
							}
							hint={<bdi>{post.author ?? t('forum:formerMember')}</bdi>}
						/>
					))}
				</ChoiceGroup>
				{next ? (
					<p>
						<a href={`/forum/${space.id}/${topic.id}/manage?after=${next}#split-section`}>
							<span>{t('forum:topic.later')}</span>
							<Icon name="chevron-right" />
						</a>
					</p>
				) : null}
				<Field name="title" label={t('forum:manage.splitName')} dir="auto" autoComplete="off" required />
				<Select
					name="language"
					label={t('forum:manage.splitLanguage')}
					options={languages.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))}
				/>
				<Submit kind="quiet">{t('forum:manage.split')}</Submit>
			</Form>
		</Section>
	)
}
