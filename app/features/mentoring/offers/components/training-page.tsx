import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Icon } from '~/ui/icon'
import { PageHead } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { LESSONS, type Lesson } from '../training'
import { type TrainingStanding, TrainingState } from './offer-state'

/** The lessons of the mentors' training, and which she has passed. */
export function TrainingPage({ training, offered }: { training: TrainingStanding; offered: boolean }) {
	const { t } = useTranslation()
	const { next, done } = training
	return (
		<div className="stack">
			<PageHead
				title={<Recorded text="training:title" />}
				lead={<Recorded text="training:lead" />}
				back={{ to: '/mentoring/offer', label: t('mentoring:overview.yourOffer') }}
			/>
			{next ? null : <TrainingState training={training} />}
			<CardList label={t('training:title')}>
				{LESSONS.map((lesson, at) => (
					<LessonCard key={lesson} lesson={lesson} number={at + 1} passed={done.includes(lesson)} />
				))}
			</CardList>
			<div className="row">
				{next ? (
					<ButtonLink to={`/mentoring/training/${next}`} icon="book-open">
						<Recorded text={done.length > 0 ? 'training:goOn' : 'training:begin'} />
					</ButtonLink>
				) : (
					<ButtonLink to="/mentoring/offer" icon={offered ? 'check' : 'sprout'}>
						<Recorded text={offered ? 'mentoring:overview.yourOffer' : 'mentoring:overview.offer'} />
					</ButtonLink>
				)}
			</div>
		</div>
	)
}

function LessonCard({ lesson, number, passed }: { lesson: Lesson; number: number; passed: boolean }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="lesson">
			<a className="row-link" href={`/mentoring/training/${lesson}`}>
				{t('training:numbered', { n: number, title: t(`training:${lesson}.title`) })}
			</a>
			<p className="meta">
				{passed ? (
					<span className="with-icon">
						<Icon name="circle-check" />
						<span>
							<Recorded text="training:passed" />
						</span>
					</span>
				) : (
					<span>
						<Recorded text="training:notPassed" />
					</span>
				)}
			</p>
		</Card>
	)
}
