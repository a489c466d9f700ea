import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { Form, type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { NeedBoxes, WordsFields, type Writing } from '../../components/form-parts'
import type { Need } from '../../needs'
import { HelpsWith, LanguageLevels, ReportLink, Words } from '../../offers/components/offer-facts'
import type { WhyNotAsk } from '../line.policy'
import { AnswersIn, type MentorRow } from './mentor-list'

interface AskPageProps {
	mentor: MentorRow
	/** Why she cannot be asked now; null when she can. */
	whyNot: WhyNotAsk | null
	openMatch: string | null
	/** Another one is asked now: this one would stand in line. */
	inLine: boolean
	writing: Writing
	/** What she has said she would like, to begin with. */
	wishes: { needs: Need[]; words: string }
	result?: FormResult
}

/** The page to ask one mentor: who she is, and either the form or why not now. */
export function AskPage({ mentor, whyNot, openMatch, inLine, writing, wishes, result }: AskPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('mentoring:ask.title')}
				lead={whyNot ? undefined : t(inLine ? 'mentoring:ask.leadLine' : 'mentoring:ask.lead')}
				back={{ to: '/mentoring/mentors', label: t('mentoring:mentors.title') }}
			/>
			<div className="stack">
				<Card tone="quiet">
					<div className="stack">
						<Person handle={mentor.handle} seed={mentor.id} badge="mentor" />
						<LanguageLevels languages={mentor.languages} />
						<AnswersIn days={mentor.answersInDays} />
						{mentor.words ? (
							<Words text={mentor.words} lang={mentor.wordsLang} dir={mentor.wordsDir} />
						) : null}
						<HelpsWith needs={mentor.needs} />
						{mentor.words ? <ReportLink kind="offer" id={mentor.id} /> : null}
					</div>
				</Card>
				{whyNot ? (
					<NotNow whyNot={whyNot} openMatch={openMatch} result={result} />
				) : (
					<AskForm mentorId={mentor.id} inLine={inLine} writing={writing} wishes={wishes} result={result} />
				)}
			</div>
		</>
	)
}

type AskFormProps = Pick<AskPageProps, 'inLine' | 'writing' | 'wishes' | 'result'> & { mentorId: string }

function AskForm({ mentorId, inLine, writing, wishes, result }: AskFormProps) {
	const { t } = useTranslation()
	// The key she was given first stays: a form sent, refused and sent again is one request.
	const kept = result?.values?.key
	return (
		<Form result={result}>
			<input type="hidden" name="mentor" value={mentorId} />
			<input type="hidden" name="key" value={typeof kept === 'string' ? kept : writing.key} />
			<NeedBoxes legend={t('mentoring:ask.needs')} ticked={wishes.needs} optional />
			<WordsFields
				label={t('mentoring:ask.words')}
				hint={t('mentoring:ask.wordsHint')}
				writing={writing}
				text={wishes.words}
			/>
			<Submit icon={inLine ? 'plus' : 'send'}>
				{t(inLine ? 'mentoring:ask.choose' : 'mentoring:ask.send')}
			</Submit>
		</Form>
	)
}

const GO = {
	mentoring: { to: '/mentoring', key: 'mentoring:ask.goLine' },
	mentors: { to: '/mentoring/mentors', key: 'mentoring:ask.go' },
} as const

/** Where she goes on from there: to what she has, or to the others. */
const goFrom = (whyNot: WhyNotAsk) => GO[whyNot === 'full' || whyNot === 'busy' ? 'mentors' : 'mentoring']

/** Said kindly, with one way on; what she wrote stays for her to take along. */
function NotNow({
	whyNot,
	openMatch,
	result,
}: Pick<AskPageProps, 'openMatch' | 'result'> & { whyNot: WhyNotAsk }) {
	const { t } = useTranslation()
	const words = result?.values?.words
	const go = goFrom(whyNot)
	return (
		<>
			<Notice kind="info" title={t(`mentoring:ask.${whyNot}`)} />
			<div className="row">
				{openMatch ? (
					<ButtonLink to={`/mentoring/${openMatch}`}>{t('mentoring:ask.openGo')}</ButtonLink>
				) : (
					<ButtonLink to={go.to}>{t(go.key)}</ButtonLink>
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
