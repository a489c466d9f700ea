import { useTranslation } from 'react-i18next'
import type { EditionText } from '~/db/schema/house-rules'
import { dirOf, endonym } from '~/platform/i18n/languages'
import { FALLBACK_LOCALE } from '~/platform/i18n/match'
import { Form, Submit, TextArea } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { answerTo } from '../../components/answer'
import { EDITION } from '../editions.limits'
import type { ShownEdition } from '../editions.server'
import { EditionName } from './added-rules'
import { EditionPoints } from './edition-points'

interface EditionsPageProps {
	/** The texts of the draft, or those it begins with. */
	texts: Record<string, EditionText>
	/** When the draft was last saved; empty where there is none. */
	seen: string
	isDraft: boolean
	published: ShownEdition[]
	locales: readonly string[]
	saved: boolean
	result?: FormResult
}

/** Where coordinators add this community's own points to the rules: write, look, publish. */
export function EditionsPage({ saved, published, result, ...draft }: EditionsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('editions:title')}
				lead={t('editions:lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			{saved ? <Notice kind="good" title={t('coordination:saved')} /> : null}
			{draft.isDraft ? <Preview {...draft} result={result} /> : null}
			<Section title={t('editions:draftTitle')}>
				<DraftForm {...draft} result={answerTo(result, { intent: 'save' })} />
			</Section>
			<Section title={t('editions:published')}>
				{published.length === 0 ? <p className="muted">{t('editions:none')}</p> : null}
				{published.map((edition) => (
					<Disclosure key={edition.number} summary={<EditionName edition={edition} />}>
						<EditionPoints edition={edition} />
						<p lang={edition.lang} dir={edition.dir}>
							{edition.news}
						</p>
					</Disclosure>
				))}
			</Section>
		</>
	)
}

type DraftProps = Pick<EditionsPageProps, 'texts' | 'seen' | 'locales' | 'result'>

function DraftForm({ texts, seen, locales, result }: DraftProps) {
	const { t } = useTranslation()
	const others = locales.filter((tag) => tag !== FALLBACK_LOCALE)
	const wrong = Object.keys(result?.fields ?? {})
	return (
		<Form result={result} id="draft">
			<input type="hidden" name="intent" value="save" />
			<input type="hidden" name="seen" value={seen} />
			<p className="hint">{t('editions:pointsHint')}</p>
			<Texts tag={FALLBACK_LOCALE} text={texts[FALLBACK_LOCALE]} />
			{others.map((tag) => (
				<Disclosure
					key={tag}
					summary={<bdi lang={tag}>{endonym(tag)}</bdi>}
					icon="languages"
					open={texts[tag] !== undefined || wrong.some((name) => name.endsWith(`-${tag}`))}
				>
					<Texts tag={tag} text={texts[tag]} />
				</Disclosure>
			))}
			<Submit>{t('editions:save')}</Submit>
		</Form>
	)
}

function Texts({ tag, text }: { tag: string; text?: EditionText }) {
	const { t } = useTranslation()
	const language = endonym(tag)
	return (
		<>
			<TextArea
				name={`points-${tag}`}
				label={t('editions:points', { language })}
				defaultValue={text?.points.join('\n')}
				lang={tag}
				dir={dirOf(tag)}
				rows={8}
			/>
			<TextArea
				name={`news-${tag}`}
				label={t('editions:news', { language })}
				defaultValue={text?.news}
				lang={tag}
				dir={dirOf(tag)}
				rows={3}
				counter={EDITION.news}
			/>
		</>
	)
}

/** The draft as members will read it, in every language it has, and the button that makes it last. */
function Preview({ texts, seen, result }: DraftProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('editions:preview')}>
			{Object.entries(texts).map(([tag, { points, news }]) => (
				<Disclosure key={tag} summary={<bdi lang={tag}>{endonym(tag)}</bdi>} open={tag === FALLBACK_LOCALE}>
					<div lang={tag} dir={dirOf(tag)}>
						<ul className="told">
							{points.map((point) => (
								<li key={point}>
									<p>{point}</p>
								</li>
							))}
						</ul>
						<p>{news}</p>
					</div>
				</Disclosure>
			))}
			<Form result={answerTo(result, { intent: 'publish' })} id="publish">
				<input type="hidden" name="intent" value="publish" />
				<input type="hidden" name="seen" value={seen} />
				<p>{t('editions:publishText')}</p>
				<Submit icon="check">{t('editions:publish')}</Submit>
			</Form>
		</Section>
	)
}
