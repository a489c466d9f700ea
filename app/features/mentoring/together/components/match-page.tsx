import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import { ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import type { FormResult } from '~/ui/form'
import { Icon } from '~/ui/icon'
import { Disclosure, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { LanguageTag, Time } from '~/ui/text'
import type { Writing } from '../../components/form-parts'
import { NeedTags, ReportLink, Words } from '../../offers/components/offer-facts'
import type { MatchShown, Together } from '../match-page.server'
import { GoalsSection } from './goals-section'
import { ActForm } from './match-acts'
import { LookAgain, MatchEnded } from './match-ended'
import { MatchInterpreter } from './match-interpreter'
import { Refused } from './match-refused'
import { MeetingSection } from './meeting-section'
import { NotesSection } from './notes-section'

interface MatchPageProps {
	match: MatchShown
	/** What the two have together, once they have begun. */
	together: Together | null
	writing: Writing
	now: Date
	result?: FormResult
}

function titleKey({ side, status }: MatchShown) {
	if (status === 'ended') return 'match:ended.title'
	if (status === 'proposed') return 'match:proposed.title'
	const met = status === 'accepted'
	if (side === 'mentee') return met ? 'mentoring:match.asMentee' : 'mentoring:match.asked'
	return met ? 'mentoring:match.asMentor' : 'mentoring:match.askedOfYou'
}

function endedKey({ endedByHer, endedQuietly }: MatchShown) {
	if (endedByHer) return 'mentoring:ended.you'
	return endedQuietly ? 'match:ended.quietly' : 'match:ended.she'
}

function textKey(match: MatchShown) {
	const { side, status, endedByHer, roomId, saidYes, pausedBy } = match
	if (status === 'accepted' && pausedBy) return `match:break.${pausedBy}`
	if (status === 'accepted' && !roomId) return 'mentoring:match.leftRoom'
	if (status === 'ended') return endedKey(match)
	if (status === 'proposed') return saidYes ? 'match:proposed.waits' : `match:proposed.${side}`
	if (status === 'lapsed') return `match:lapsed.${side}`
	if (status === 'declined' && endedByHer) return 'match:declined.you'
	if (status === 'declined' && side === 'mentor') return 'match:declined.she'
	return side === 'mentee' ? `mentoring:menteeText.${status}` : `mentoring:mentorText.${status}`
}

/** The page the two share, each from her side: how it stands, what is planned, then what she can do. */
export function MatchPage({ match, together, writing, now, result }: MatchPageProps) {
	const { t } = useTranslation()
	const running = match.status === 'accepted'
	const open = running && !match.pausedBy
	return (
		<>
			<PageHead
				title={t(titleKey(match))}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			<div className="stack">
				<Refused result={result} />
				<Standing match={match} />
				{running ? null : <Acts match={match} />}
			</div>
			{match.status === 'ended' ? <MatchEnded side={match.side} mood={together?.mood ?? null} /> : null}
			{together && running ? (
				<MeetingSection
					match={match.id}
					meetings={together.meetings}
					zones={match.zones}
					open={open}
					writing={writing}
					now={now}
					result={result}
				/>
			) : null}
			{together ? (
				<>
					<GoalsSection goals={together.goals} open={open} writing={writing} result={result} />
					<NotesSection
						notes={together.notes}
						open={open}
						openOwn={running}
						writing={writing}
						result={result}
					/>
				</>
			) : null}
			{together ? (
				<div className="section stack">
					<Disclosure summary={t('match:request.title')} icon="file-text">
						<Request match={match} />
					</Disclosure>
					{running ? <MatchInterpreter seat={together.seat} open={open} result={result} /> : null}
					{running ? <Acts match={match} /> : null}
				</div>
			) : (
				<Section title={t(wroteKey(match))}>
					<Request match={match} />
				</Section>
			)}
			{match.other ? (
				<div className="section stack">
					{together ? <SomethingWrong match={match} /> : null}
					<p>
						<BlockLink memberId={match.other.id} />
					</p>
				</div>
			) : null}
		</>
	)
}

const wroteKey = ({ side }: MatchShown) =>
	side === 'mentee' ? 'mentoring:match.wroteYou' : 'mentoring:match.wroteShe'

function Acts({ match }: { match: MatchShown }) {
	return match.acts.map((act) => <ActForm key={act} act={act} whyNotAccept={match.whyNotAccept} />)
}

function Standing({ match }: { match: MatchShown }) {
	const { t } = useTranslation()
	const { id, side, status, other, roomId, settled } = match
	const over = side === 'mentee' && (status === 'declined' || status === 'lapsed' || status === 'withdrawn')
	return (
		<Card tone={status === 'accepted' ? 'plain' : 'quiet'}>
			<div className="stack">
				<Person
					handle={other?.handle ?? t('mentoring:formerMember')}
					seed={other?.id ?? id}
					badge={other && side === 'mentee' ? 'mentor' : undefined}
				/>
				<p>{t(textKey(match))}</p>
				{status === 'accepted' && !settled ? <p className="hint">{t(`match:firstTalks.${side}`)}</p> : null}
				{other && other.speaks.length > 0 ? (
					<p className="row">
						<span className="muted small">{t('mentoring:match.sheSpeaks')}</span>
						{other.speaks.map((tag) => (
							<LanguageTag key={tag} tag={tag} />
						))}
					</p>
				) : null}
				{status === 'accepted' && roomId ? (
					<div className="row">
						<ButtonLink to={`/chat/${roomId}`} icon="message-circle">
							{t('mentoring:match.room')}
						</ButtonLink>
					</div>
				) : null}
				{over ? <LookAgain /> : null}
			</div>
		</Card>
	)
}

function Request({ match }: { match: MatchShown }) {
	const { t } = useTranslation()
	const hers = match.side === 'mentee'
	return (
		<div className="stack">
			{match.words ? (
				<Words text={match.words} lang={match.wordsLang} dir={match.wordsDir} />
			) : (
				<p className="muted">{t('mentoring:match.noWords')}</p>
			)}
			{match.needs.length > 0 ? (
				<div className="row">
					<span className="muted small">{t('mentoring:match.wants')}</span>
					<NeedTags needs={match.needs} />
				</div>
			) : null}
			<p className="meta">
				<Time at={match.askedAt} />
			</p>
			{match.words && !hers ? <ReportLink kind="match" id={match.id} /> : null}
		</div>
	)
}

/** To moderators who have nothing to do with the mentor's organisation; neither it nor the other one learns of it. */
function SomethingWrong({ match }: { match: MatchShown }) {
	const { t } = useTranslation()
	const kind = match.side === 'mentee' ? 'mentor-conduct' : 'mentee-conduct'
	return (
		<div>
			<a className="quiet-link" href={`/report/${kind}/${match.id}`}>
				<Icon name="flag" />
				<span>{t('match:wrong.link')}</span>
			</a>
			<p className="hint">{t(match.side === 'mentee' ? 'match:wrong.hint' : 'match:wrong.hintMentor')}</p>
		</div>
	)
}
