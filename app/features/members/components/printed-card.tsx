import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { isolated } from '~/platform/i18n/isolate'
import { dirOf } from '~/platform/i18n/languages'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import type { InvitationCard } from '../invitation-cards.server'
import type { QrShape } from '../qr.server'
import type { RecoveryCard } from '../recoveries.server'
import { QrCode } from './qr-code'

/** What to do, for those who do not read: take the phone, give the code, choose the language, be welcome. */
const PICTOGRAMS: IconName[] = ['phone', 'key-round', 'globe', 'heart']

type Words = (key: string, values?: Record<string, string>) => string

interface PaperProps {
	qr: QrShape
	/** A second language beside the page's own. */
	second?: string
	/** What it says, in one language. */
	text(t: Words, tag: string): ReactNode
	foot?: ReactNode
}

/** A card to print and give by hand: black on white, in one language or two, and nothing of why. */
function Paper({ qr, second, text, foot }: PaperProps) {
	const { t, i18n } = useTranslation()
	const languages = second && second !== i18n.language ? [i18n.language, second] : [i18n.language]
	return (
		<article
			className="break-inside-avoid rounded-card border-2 border-[#000] bg-[#fff] p-4 text-[#000]"
			data-item="card"
		>
			<div className="row between">
				<p className="handle" translate="no">
					Mimosa
				</p>
				<p className="row text-h3" aria-hidden="true">
					{PICTOGRAMS.map((name) => (
						<Icon key={name} name={name} />
					))}
				</p>
			</div>
			<div className="row">
				<QrCode qr={qr} label={t('auth:card.qr')} />
				<div className="stack min-w-0 flex-1 basis-60">
					{languages.map((tag) => (
						<div key={tag} lang={tag} dir={dirOf(tag)}>
							{text(i18n.getFixedT(tag), tag)}
						</div>
					))}
				</div>
			</div>
			{foot}
		</article>
	)
}

/** Where to go and with which code: the same lines on every card. */
function WayIn({ t, address, code }: { t: Words; address: string; code: string }) {
	return (
		<>
			<p>{t('auth:card.scan')}</p>
			<p>
				<bdi dir="ltr" translate="no">
					{address}
				</bdi>
			</p>
			<p>
				{t('auth:card.code')}{' '}
				<bdi dir="ltr" className="handle" translate="no">
					{code}
				</bdi>
			</p>
		</>
	)
}

/** An invitation for one woman. */
export function PrintedCard({ card, second }: { card: InvitationCard; second?: string }) {
	const { t } = useTranslation()
	return (
		<Paper
			qr={card.qr}
			second={second}
			text={(say, tag) => (
				<>
					<p className="handle">{say('auth:card.title')}</p>
					<WayIn t={say} address={card.address} code={card.code} />
					<p className="small">{say('auth:card.until', { date: formatDate(tag, card.expiresAt) })}</p>
				</>
			)}
			foot={<p className="small">{t('auth:invite.card', { mark: isolated(card.mark) })}</p>}
		/>
	)
}

/** The code that opens a lost account again. Her name is not on it: who finds the paper must not know both. */
export function PrintedCode({ card, second }: { card: RecoveryCard; second?: string }) {
	return (
		<Paper
			qr={card.qr}
			second={second}
			text={(say, tag) => (
				<>
					<p className="handle">{say('members:recovery.cardTitle')}</p>
					<WayIn t={say} address={card.address} code={card.code} />
					<p>{say('members:recovery.cardHow')}</p>
					<p className="small">
						{say('members:recovery.cardUntil', { date: formatDate(tag, card.handedAt) })}
					</p>
				</>
			)}
		/>
	)
}
