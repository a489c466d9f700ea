import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '~/ui/button'
import { Icon } from '~/ui/icon'
import { Sprig } from '~/ui/sprig'
import { GREETINGS } from '../greetings'
import { AskPicture, MentorPicture, TablePicture } from './pictures'

/** What a visitor sees first: what this is, in her letters, and the three ways in. `byCode`: joining asks for a code. */
export function Front({ byCode }: { byCode: boolean }) {
	const { t } = useTranslation()
	return (
		<div className="front wide-page">
			<div className="front-hero">
				<Welcome />
				<div className="front-words">
					<h1>{t('members:front.title')}</h1>
					<p className="lead">{t('members:front.lead')}</p>
					<div className="front-ways">
						<ButtonLink to="/join">{t('auth:join.submit')}</ButtonLink>
						<ButtonLink to="/sign-in" kind="quiet">
							{t('auth:signIn.submit')}
						</ButtonLink>
						<a className="front-help" href="/help">
							<Icon name="life-buoy" />
							<span>{t('common:footer.help')}</span>
						</a>
					</div>
					<p className="muted small">{t(byCode ? 'members:front.byCode' : 'members:front.easy')}</p>
				</div>
			</div>
			<section className="front-three" aria-labelledby="three">
				<h2 id="three">{t('members:front.three')}</h2>
				<ul>
					<Way picture={<AskPicture />} title={t('members:front.ask')}>
						{t('members:front.askText')}
					</Way>
					<Way picture={<MentorPicture />} title={t('members:front.mentor')}>
						{t('members:front.mentorText')}
					</Way>
					<Way picture={<TablePicture />} title={t('members:front.talk')}>
						{t('members:front.talkText')}
					</Way>
				</ul>
			</section>
			<p className="front-calm">
				<Icon name="door-open" />
				<span>{t('members:front.leave')}</span>
			</p>
		</div>
	)
}

/** The sprig, with the same word around it in eight scripts. */
function Welcome() {
	const { t } = useTranslation()
	return (
		<div className="wreath">
			<Sprig />
			<ul aria-label={t('members:front.greetings')}>
				{GREETINGS.map(({ lang, words }) => (
					<li key={lang}>
						<bdi lang={lang}>{words}</bdi>
					</li>
				))}
			</ul>
		</div>
	)
}

function Way({ picture, title, children }: { picture: ReactNode; title: string; children: ReactNode }) {
	return (
		<li>
			{picture}
			<div>
				<h3>{title}</h3>
				<p>{children}</p>
			</div>
		</li>
	)
}
