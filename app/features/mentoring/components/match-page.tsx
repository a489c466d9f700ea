import { useTranslation } from 'react-i18next'
import { BlockLink } from '~/features/members/components/block-link'
import type { Need } from '~/features/members/needs'
import { Button, ButtonLink } from '~/ui/button'
import { Card } from '~/ui/card'
import { Form, type FormResult } from '~/ui/form'
import { Disclosure, Notice, PageHead, Section } from '~/ui/page'
import { Person } from '~/ui/people'
import { LanguageTag, Time } from '~/ui/text'
import type { Act, MatchStatus, Side } from '../mentoring.policy'
import { NeedTags, ReportLink, Words } from './offer-facts'

export interface MatchShown {
	id: string
	side: Side
	status: MatchStatus
	needs: Need[]
	words: string
	wordsLang: string
	wordsDir: 'ltr' | 'rtl'
	roomId: string | null
	askedAt: Date
	endedByHer: boolean
	other: { id: string; handle: string; speaks: string[] }
	acts: Act[]
	/** Why a mentor cannot say yes now. */
	whyNotAccept?: 'full' | 'paused'
}

function titleKey({ side, status }: MatchShown) {
	if (status === 'ended') return 'mentoring:overview.past'
	const met = status === 'accepted'
	if (side === 'mentee') return met ? 'mentoring:match.asMentee' : 'mentoring:match.asked'
	return met ? 'mentoring:match.asMentor' : 'mentoring:match.askedOfYou'
}

function textKey({ side, status, endedByHer, roomId }: MatchShown) {
	if (status === 'accepted' && !roomId) return 'mentoring:match.leftRoom'
	if (status === 'ended') return `mentoring:ended.${endedByHer ? 'you' : 'she'}`
	return side === 'mentee' ? `mentoring:menteeText.${status}` : `mentoring:mentorText.${status}`
}

/** The page the two share, each from her side: how it stands and the room, then the request, then what she can do. */
export function MatchPage({ match, result }: { match: MatchShown; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t(titleKey(match))}
				back={{ to: '/mentoring', label: t('mentoring:overview.title') }}
			/>
			<div className="stack">
				{result && !result.ok ? <Refused result={result} /> : null}
				<Standing match={match} />
			</div>
			<Request match={match} />
			<div className="section stack">
				{match.acts.map((act) => (
					<ActForm key={act} act={act} match={match} />
				))}
				<p>
					<BlockLink memberId={match.other.id} />
				</p>
			</div>
		</>
	)
}

/** A button that no longer fits, because the other one was faster: what is so now, nothing more. */
function Refused({ result }: { result: FormResult }) {
	const { t } = useTranslation()
	const reason = result.details?.reason
	const key =
		typeof reason === 'string' ? `mentoring:refused.${reason}` : `errors:${result.code ?? 'conflict'}`
	return <Notice kind="care" title={t(key, result.details ?? {})} />
}

function Standing({ match }: { match: MatchShown }) {
	const { t } = useTranslation()
	const over = match.side === 'mentee' && (match.status === 'declined' || match.status === 'ended')
	return (
		<Card tone={match.status === 'accepted' ? 'plain' : 'quiet'}>
			<div className="stack">
				<Person
					handle={match.other.handle}
					seed={match.other.id}
					badge={match.side === 'mentee' ? 'mentor' : undefined}
				/>
				<p>{t(textKey(match))}</p>
				{match.other.speaks.length > 0 ? (
					<p className="row">
						<span className="muted small">{t('mentoring:match.sheSpeaks')}</span>
						{match.other.speaks.map((tag) => (
							<LanguageTag key={tag} tag={tag} />
						))}
					</p>
				) : null}
				{match.status === 'accepted' && match.roomId ? (
					<div className="row">
						<ButtonLink to={`/chat/${match.roomId}`} icon="message-circle">
							{t('mentoring:match.room')}
						</ButtonLink>
					</div>
				) : null}
				{over ? (
					<div className="row">
						<ButtonLink to="/mentoring/mentors" icon="search">
							{t('mentoring:match.find')}
						</ButtonLink>
					</div>
				) : null}
			</div>
		</Card>
	)
}

function Request({ match }: { match: MatchShown }) {
	const { t } = useTranslation()
	const hers = match.side === 'mentee'
	return (
		<Section title={t(hers ? 'mentoring:match.wroteYou' : 'mentoring:match.wroteShe')}>
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
		</Section>
	)
}

function ActForm({ act, match }: { act: Act; match: MatchShown }) {
	const { t } = useTranslation()
	if (act === 'accept') {
		const { whyNotAccept } = match
		if (whyNotAccept) return <Notice kind="info" title={t(`mentoring:whyNotAccept.${whyNotAccept}`)} />
		return <ActButton act="accept" />
	}
	if (act === 'end') {
		return (
			<Disclosure summary={t('mentoring:acts.end')} icon="log-out">
				<ActButton act="end" hint />
			</Disclosure>
		)
	}
	return <ActButton act={act} hint />
}

const LOOK = {
	accept: { kind: 'primary', icon: 'check' },
	decline: { kind: 'quiet', icon: 'x' },
	withdraw: { kind: 'quiet', icon: 'undo-2' },
	end: { kind: 'danger', icon: 'log-out' },
} as const

function ActButton({ act, hint }: { act: Act; hint?: boolean }) {
	const { t } = useTranslation()
	const { kind, icon } = LOOK[act]
	return (
		<Form>
			<div className="stack">
				{hint ? <p className="hint">{t(`mentoring:acts.${act}Hint`)}</p> : null}
				<div className="row">
					<Button kind={kind} icon={icon} name="intent" value={act}>
						{t(`mentoring:acts.${act}`)}
					</Button>
				</div>
			</div>
		</Form>
	)
}
