import { useTranslation } from 'react-i18next'
import { answerTo } from '~/features/members/components/answer'
import { LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { ChoiceGroup, Field, Form, type FormResult, Submit } from '~/ui/form'
import { LanguageChoice } from '~/ui/language-choice'
import { Disclosure, PageHead, Section } from '~/ui/page'
import { Bdi, LanguageTag, Time } from '~/ui/text'

interface Translator {
	id: string
	handle: string
	languages: string[]
	namedAt: Date
	promisedAt: Date | null
}

interface TranslatorsPageProps {
	translators: Translator[]
	/** The languages the pages themselves are in: the likely ones. */
	likely: string[]
	result?: FormResult
}

/** Whom moderators may ask to translate what was reported: named here, and bound by a promise of her own. */
export function TranslatorsPage({ translators, likely, result }: TranslatorsPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('queue:translators.title')}
				lead={t('queue:translators.lead')}
				back={{ to: '/coordination', label: t('auth:people.back') }}
			/>
			{translators.length === 0 ? <p className="muted">{t('queue:translators.none')}</p> : null}
			<CardList label={t('queue:translators.title')}>
				{translators.map((one) => (
					<TranslatorCard key={one.id} translator={one} />
				))}
			</CardList>
			<Section title={t('queue:translators.name')} id="name">
				<NameForm likely={likely} result={answerTo(result, { intent: 'name' })} />
			</Section>
		</>
	)
}

function TranslatorCard({ translator }: { translator: Translator }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="translator">
			<p>
				<strong>
					<Bdi>{translator.handle}</Bdi>
				</strong>
			</p>
			<p className="meta">
				{translator.languages.map((tag) => (
					<LanguageTag key={tag} tag={tag} />
				))}
			</p>
			<p className="meta">
				<span>{translator.promisedAt ? t('queue:translators.promised') : t('queue:translators.waits')}</span>
				<Time at={translator.promisedAt ?? translator.namedAt} />
			</p>
			<Form>
				<input type="hidden" name="member" value={translator.id} />
				<Button kind="quiet" name="intent" value="end" icon="x">
					{t('queue:translators.end')}
				</Button>
			</Form>
		</Card>
	)
}

function NameForm({ likely, result }: { likely: string[]; result?: FormResult }) {
	const { t } = useTranslation()
	const box = (tag: string) => <LanguageChoice key={tag} name="languages" tag={tag} />
	const others = LANGUAGE_TAGS.filter((tag) => !likely.includes(tag))
	return (
		<Form result={result} id="translator">
			<input type="hidden" name="intent" value="name" />
			<Field
				name="handle"
				label={t('auth:people.find')}
				hint={t('queue:translators.tellHer')}
				autoComplete="off"
				spellCheck={false}
				dir="auto"
				required
			/>
			<ChoiceGroup
				name="languages"
				legend={t('queue:translators.languages')}
				hint={t('queue:translators.languagesHint')}
			>
				<div className="choices side-by-side">{likely.map(box)}</div>
				<Disclosure summary={t('members:profile.moreLanguages')} icon="plus" open={result !== undefined}>
					<div className="choices side-by-side">{others.map(box)}</div>
				</Disclosure>
			</ChoiceGroup>
			<Submit icon="check">{t('queue:translators.save')}</Submit>
		</Form>
	)
}
