import { useTranslation } from 'react-i18next'
import { Choice, ChoiceGroup, Form, type FormResult, Submit } from '~/ui/form'
import { Notice, PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { ANSWERS, type Answer, type Lesson } from '../training'

interface LessonPageProps {
	lesson: Lesson
	number: number
	of: number
	passed: boolean
	/** The answer she gave that was not the right one. */
	tried: Answer | null
	result?: FormResult
}

/** How many paragraphs each lesson has: `training:<lesson>.text1` and so on. */
const PARAGRAPHS = [1, 2, 3] as const

/** One lesson: a few paragraphs to read, and one question. */
export function LessonPage({ lesson, number, of, passed, tried, result }: LessonPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={<Recorded text={`training:${lesson}.title`} />}
				lead={t('training:numberOf', { n: number, of })}
				back={{ to: '/mentoring/training', label: t('training:title') }}
			/>
			<div className="prose">
				{PARAGRAPHS.map((at) => (
					<p key={at}>
						<Recorded text={`training:${lesson}.text${at}`} />
					</p>
				))}
			</div>
			<Section title={<Recorded text="training:question" />} id="question">
				{passed && !tried ? <Notice kind="good" title={<Recorded text="training:passed" />} /> : null}
				{tried ? (
					<Notice kind="care" title={<Recorded text="training:notThis" />}>
						<p>
							<Recorded text={`training:${lesson}.why.${tried}`} />
						</p>
					</Notice>
				) : null}
				{/* Sent to its own place in the page: a word on her answer stands above the question. */}
				<Form result={tried ? undefined : result} action={`/mentoring/training/${lesson}#question`}>
					<ChoiceGroup name="answer" legend={<Recorded text={`training:${lesson}.question`} />}>
						{ANSWERS.map((answer) => (
							<Choice
								key={answer}
								type="radio"
								name="answer"
								value={answer}
								label={<Recorded text={`training:${lesson}.${answer}`} />}
								defaultChecked={answer === tried}
							/>
						))}
					</ChoiceGroup>
					<Submit icon="check">
						<Recorded text="training:answer" />
					</Submit>
				</Form>
			</Section>
		</>
	)
}
