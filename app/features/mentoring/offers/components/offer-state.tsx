import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { Button, ButtonLink } from '~/ui/button'
import { Notice } from '~/ui/page'
import type { OfferStatus } from '../../mentoring.policy'
import { LESSONS, type Lesson } from '../training'
import { ownPauseFor, type PausedBy } from '../vetting.policy'

/** Where her offer stands. */
export interface OfferStanding {
	status: OfferStatus
	pausedBy: PausedBy
	validUntil: Date | null
	/** The vetting has ended. */
	expired: boolean
	/** A moderator has taken her words from view. */
	hidden: boolean
}

export interface TrainingStanding {
	valid: boolean
	due: boolean
	validUntil: Date | null
	done: Lesson[]
	next: Lesson | null
}

function textKey({ status, pausedBy, expired }: OfferStanding) {
	if (status === 'paused' && pausedBy) return `mentoring:pausedText.${pausedBy}`
	return status === 'vetted' && expired ? 'mentoring:offerText.expired' : `mentoring:offerText.${status}`
}

/** What her offer is now, until when, and the way to take a break from it. */
export function OfferState({ offer }: { offer: OfferStanding }) {
	const { t, i18n } = useTranslation()
	const good = offer.status === 'vetted' && !offer.expired
	const pause = ownPauseFor(offer)
	return (
		<>
			<Notice kind={good ? 'good' : 'info'} title={t(`mentoring:offerState.${offer.status}`)}>
				<p>{t(textKey(offer))}</p>
				{good && offer.validUntil ? (
					<p>{t('mentoring:offer.validUntil', { date: formatDate(i18n.language, offer.validUntil) })}</p>
				) : null}
				{offer.hidden ? <p>{t('mentoring:offer.hidden')}</p> : null}
			</Notice>
			{pause ? (
				<form method="post">
					<Button name="intent" value={pause} kind="quiet" icon={pause === 'pause' ? 'pause' : 'play'}>
						{t(`mentoring:offer.${pause}`)}
					</Button>
				</form>
			) : null}
		</>
	)
}

function trainingKey({ valid, due, done }: TrainingStanding) {
	if (valid) return due ? 'training:state.due' : 'training:state.done'
	return due ? 'training:state.over' : done.length > 0 ? 'training:state.begun' : 'training:state.new'
}

/** How far she is with the training, and the way to it. */
export function TrainingState({ training }: { training: TrainingStanding }) {
	const { t, i18n } = useTranslation()
	const { valid, due, validUntil, done } = training
	const date = validUntil ? formatDate(i18n.language, validUntil) : ''
	return (
		<Notice kind={valid ? 'good' : 'info'} title={t('training:title')}>
			<p>{t(trainingKey(training), { date, done: done.length, of: LESSONS.length })}</p>
			{valid && !due ? (
				<a href="/mentoring/training">{t('training:look')}</a>
			) : (
				<div className="row">
					<ButtonLink to="/mentoring/training" kind="quiet" icon="book-open">
						{t('training:go')}
					</ButtonLink>
				</div>
			)}
		</Notice>
	)
}
