import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { Form, type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { NeedBoxes, WordsFields, type Writing } from './form-parts'
import type { MentorRow } from './mentor-list'
import { LanguageLevels, NeedTags, ReportLink, Words } from './offer-facts'

type WhyNot = 'open' | 'full' | 'several'

interface AskPageProps {
	mentor: MentorRow
	/** Why she cannot be asked now; null when she can. */
	whyNot: WhyNot | null
	openMatch: string | null
	writing: Writing
	result?: FormResult
}

/** The page to ask one mentor: who she is, and either the form or why not now. */
export function AskPage({ mentor, whyNot, openMatch, writing, result }: AskPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('mentoring:ask.title')}
				lead={whyNot ? undefined : t('mentoring:ask.lead')}
				back={{ to: '/mentoring/mentors', label: t('mentoring:mentors.title') }}
			/>
			<div className="stack">
				<Card tone="quiet">
					<div className="stack">
						<Person handle={mentor.handle} seed={mentor.id} badge="mentor" />
						<LanguageLevels languages={mentor.languages} />
						{mentor.words ? (
							<Words text={mentor.words} lang={mentor.wordsLang} dir={mentor.wordsDir} />
						) : null}
						<NeedTags needs={mentor.needs} />
						{mentor.words ? <ReportLink kind="offer" id={mentor.id} /> : null}
					</div>
				</Card>
				{whyNot ? (
					<NotNow whyNot={whyNot} openMatch={openMatch} result={result} />
				) : (
					<AskForm mentorId={mentor.id} writing={writing} result={result} />
				)}
			</div>
		</>
	)
}

interface AskFormProps {
	mentorId: string
	writing: Writing
	result?: FormResult
}

function AskForm({ mentorId, writing, result }: AskFormProps) {
	const { t } = useTranslation()
	// The key she was given first stays: a form sent, refused and sent again is one request.
	const kept = result?.values?.key
	return (
		<Form result={result}>
			<input type="hidden" name="mentor" value={mentorId} />
			<input type="hidden" name="key" value={typeof kept === 'string' ? kept : writing.key} />
			<NeedBoxes legend={t('mentoring:ask.needs')} optional />
			<WordsFields label={t('mentoring:ask.words')} hint={t('mentoring:ask.wordsHint')} writing={writing} />
			<Submit icon="send">{t('mentoring:ask.send')}</Submit>
		</Form>
	)
}

/** Said kindly, with one way on; what she wrote stays for her to take along. */
function NotNow({
	whyNot,
	openMatch,
	result,
}: Pick<AskPageProps, 'openMatch' | 'result'> & { whyNot: WhyNot }) {
	const { t } = useTranslation()
	const words = result?.values?.words
	return (
		<>
			<Notice kind="info" title={t(`mentoring:ask.${whyNot}`)} />
			<div className="row">
				{openMatch ? (
					<ButtonLink to={`/mentoring/${openMatch}`}>{t('mentoring:ask.openGo')}</ButtonLink>
				) : (
					<ButtonLink to={whyNot === 'several' ? '/mentoring' : '/mentoring/mentors'}>
						{t(whyNot === 'several' ? 'mentoring:overview.requests' : 'mentoring:ask.go')}
					</ButtonLink>
				)}
			</div>
			{typeof words === 'string' && words !== '' ? (
				<Section title={t('mentoring:ask.yourWords')}>
					<div className="prose" dir="auto">
						<p className="whitespace-pre-line">{words}</p>
					</div>
				</Section>
			) : null}
		</>
	)
}
