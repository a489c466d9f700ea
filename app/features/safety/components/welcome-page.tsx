import { useTranslation } from 'react-i18next'
import { StandingNotice } from '~/features/members/components/standing-notice'
import type { Actor } from '~/platform/actor'
import { ButtonLink } from '~/ui/button'
import { PageHead, Section } from '~/ui/page'
import { Recorded } from '~/ui/recorded'
import { FIRST_FACTS } from '../facts'
import { FactList } from './fact-list'

const STEPS = [
	{ to: '/me/profile', title: 'safety:welcome.languages', text: 'safety:welcome.languagesText' },
	{ to: '/forum', title: 'safety:welcome.ask', text: 'safety:welcome.askText' },
	{ to: '/mentoring/mentors', title: 'safety:welcome.mentor', text: 'safety:welcome.mentorText' },
	{ to: '/chat', title: 'safety:welcome.talk', text: 'safety:welcome.talkText' },
] as const

/** Once, after joining: how to stay safe here, before anything that could tell on her; then the first steps. */
export function WelcomePage({ status }: { status: Actor['status'] }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={<Recorded text="safety:welcome.title" />}
				lead={<Recorded text="safety:welcome.lead" />}
			/>
			<StandingNotice status={status} />
			<Section title={t('safety:welcome.five')}>
				<FactList facts={FIRST_FACTS} />
				<p className="told-foot">
					<a href="/help#safe">{t('safety:welcome.more')}</a>
				</p>
			</Section>
			<Section title={t('safety:welcome.steps')}>
				<ol className="steps">
					{STEPS.map(({ to, title, text }) => (
						<li key={to}>
							<a href={to}>
								<Recorded text={title} />
							</a>
							<p className="muted">
								<Recorded text={text} />
							</p>
						</li>
					))}
				</ol>
				<p className="told-foot">
					<ButtonLink to="/">{t('safety:welcome.go')}</ButtonLink>
				</p>
			</Section>
		</>
	)
}
