import { useTranslation } from 'react-i18next'
import { Icon } from '~/ui/icon'
import { Disclosure } from '~/ui/page'
import { LanguageTag } from '~/ui/text'
import { WAY_ICON } from '../../components/form-parts'
import { WAYS } from '../../matching/people'
import { LEVELS, type Level, rankOfLevel } from '../../mentoring.limits'
import { type Need, needIcon } from '../../needs'

/** Languages with how well she knows them: dots to see, words to hear. */
export function LanguageLevels({ languages }: { languages: Record<string, Level> }) {
	const { t } = useTranslation()
	const known = Object.entries(languages).sort(([, a], [, b]) => rankOfLevel(b) - rankOfLevel(a))
	return (
		<p className="row">
			{known.map(([tag, level]) => (
				<LanguageTag
					key={tag}
					tag={tag}
					level={rankOfLevel(level)}
					levels={LEVELS.length}
					levelWord={t(`mentoring:level.${level}`)}
				/>
			))}
		</p>
	)
}

/** What help is offered or wanted with. */
export function NeedTags({ needs }: { needs: readonly Need[] }) {
	const { t } = useTranslation()
	return (
		<ul className="row">
			{needs.map((need) => (
				<li className="badge" key={need}>
					<Icon name={needIcon(need)} />
					<span>{t(`mentoring:need.${need}`)}</span>
				</li>
			))}
		</ul>
	)
}

/** A few tags are seen at once; more are a wall, and open on a tap. */
const TAGS_AT_ONCE = 4

/** What a mentor helps with, on a page where others stand beside her or something is to be done. */
export function HelpsWith({ needs }: { needs: readonly Need[] }) {
	const { t } = useTranslation()
	if (needs.length <= TAGS_AT_ONCE) return <NeedTags needs={needs} />
	return (
		<Disclosure icon="heart-handshake" summary={t('mentoring:mentors.helpsWith', { count: needs.length })}>
			<NeedTags needs={needs} />
		</Disclosure>
	)
}

/** How she would like to be in touch. */
export function HowTags({ how }: { how: readonly string[] }) {
	const { t } = useTranslation()
	return (
		<ul className="row">
			{WAYS.filter((way) => how.includes(way)).map((way) => (
				<li className="badge" key={way}>
					<Icon name={WAY_ICON[way]} />
					<span>{t(`mentoring:way.${way}`)}</span>
				</li>
			))}
		</ul>
	)
}

/** What one of them wrote, in its own language and direction, with its line breaks. */
export function Words({ text, lang, dir }: { text: string; lang: string; dir: 'ltr' | 'rtl' }) {
	return (
		<div className="prose" lang={lang} dir={dir}>
			<p className="whitespace-pre-line">{text}</p>
		</div>
	)
}

/** The way to tell the moderators about these words. */
export function ReportLink({ kind, id }: { kind: 'match' | 'offer'; id: string }) {
	const { t } = useTranslation()
	return (
		<a className="quiet-link" href={`/report/${kind}/${id}`}>
			<Icon name="flag" />
			<span>{t('mentoring:words.report')}</span>
		</a>
	)
}
