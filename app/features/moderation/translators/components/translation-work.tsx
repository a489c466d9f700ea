import { useTranslation } from 'react-i18next'
import { answerTo } from '~/features/members/components/answer'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Choice, Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Empty, Notice, PageHead, Section } from '~/ui/page'
import { LanguageTag, Time } from '~/ui/text'
import { TAKEN_HOURS, TRANSLATION } from '../translators.words'

interface Wish {
	id: string
	from: string | null
	language: string
	askedAt: Date
	private: boolean
	danger: boolean
}

interface Taken {
	id: string
	language: string
	takenAt: Date | null
	private: boolean
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
}

interface TranslationWorkProps {
	promised: boolean
	languages: string[]
	wishes: Wish[]
	taken: Taken[]
	result?: FormResult
}

/** What a bound translator is asked for: her promise first, then the wishes, without who wrote or reported anything. */
export function TranslationWork({ promised, languages, wishes, taken, result }: TranslationWorkProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead title={t('queue:translations.title')} lead={t('queue:translations.lead')} />
			<p className="meta">
				{languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
			</p>
			{promised ? (
				<>
					{result?.code === 'conflict' ? (
						<Notice kind="care">{t('queue:translations.changed')}</Notice>
					) : null}
					{taken.map((one) => (
						<Writing key={one.id} taken={one} result={answerTo(result, { translation: one.id })} />
					))}
					<Wishes wishes={wishes} />
				</>
			) : (
				<PromiseForm result={result} />
			)}
		</>
	)
}

function PromiseForm({ result }: { result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Section title={t('queue:promise.title')} id="promise">
			<div className="stack">
				<p>{t('queue:promise.asked')}</p>
				<ul>
					<li>{t('queue:promise.silent')}</li>
					<li>{t('queue:promise.whole')}</li>
					<li>{t('queue:promise.copies')}</li>
					<li>{t('queue:promise.stop')}</li>
				</ul>
				<Form result={result}>
					<input type="hidden" name="intent" value="promise" />
					<Choice type="checkbox" name="promise" value="yes" label={t('queue:promise.label')} required />
					<Submit icon="check">{t('queue:promise.give')}</Submit>
				</Form>
			</div>
		</Section>
	)
}

function Writing({ taken, result }: { taken: Taken; result?: FormResult }) {
	const { t } = useTranslation()
	const shown = result?.code === 'conflict' ? undefined : result
	return (
		<Section title={t('queue:translations.yours')}>
			<div className="stack">
				<Card tone="quiet" item="to-translate">
					{taken.lang ? (
						<p className="meta">
							<LanguageTag tag={taken.lang} />
						</p>
					) : null}
					<p className="bubble-text" lang={taken.lang ?? undefined} dir={taken.dir}>
						{taken.body}
					</p>
				</Card>
				{taken.private ? <Notice kind="info">{t('queue:translations.onRecord')}</Notice> : null}
				<Form result={shown} id={`work-${taken.id}`}>
					<input type="hidden" name="translation" value={taken.id} />
					<p className="meta">
						<span>{t('queue:translations.into')}</span>
						<LanguageTag tag={taken.language} />
					</p>
					<TextArea
						name="body"
						label={t('queue:translations.label')}
						hint={t('queue:translations.hint')}
						counter={TRANSLATION.graphemes}
						lang={taken.language}
					/>
					<div className="row">
						<Button name="intent" value="send" icon="send">
							{t('queue:translations.send')}
						</Button>
						<Button kind="quiet" name="intent" value="give-back" icon="undo-2">
							{t('queue:claim.giveBack')}
						</Button>
					</div>
				</Form>
			</div>
		</Section>
	)
}

function Wishes({ wishes }: { wishes: Wish[] }) {
	const { t } = useTranslation()
	if (wishes.length === 0) return <Empty title={t('queue:translations.none')} />
	return (
		<Section title={t('queue:translations.wishes')}>
			<CardList label={t('queue:translations.wishes')}>
				{wishes.map((wish) => (
					<Card as="li" key={wish.id} item="wish" tone={wish.danger ? 'care' : 'plain'}>
						<p className="meta">
							{wish.from ? <LanguageTag tag={wish.from} /> : <span>{t('queue:translations.unknown')}</span>}
							<span>{t('queue:translations.into')}</span>
							<LanguageTag tag={wish.language} />
							<Time at={wish.askedAt} />
						</p>
						{wish.danger ? <IconText name="triangle-alert">{t('queue:only.danger')}</IconText> : null}
						{wish.private ? <p className="hint">{t('queue:translations.private')}</p> : null}
						<Form>
							<input type="hidden" name="translation" value={wish.id} />
							<Button kind="quiet" name="intent" value="take" icon="hand">
								{t('queue:translations.take', { hours: TAKEN_HOURS })}
							</Button>
						</Form>
					</Card>
				))}
			</CardList>
		</Section>
	)
}
