import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { dirOf } from '~/platform/i18n/languages'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import type { InvitationCard } from '../invitation-cards.server'
import { QrCode } from './qr-code'

/** What to do, for those who do not read: take the phone, give the code, choose the language, be welcome. */
const PICTOGRAMS: IconName[] = ['phone', 'key-round', 'globe', 'heart']

/** One card to print and give by hand: black on white, in one language or two, and nothing of why. */
export function PrintedCard({ card, second }: { card: InvitationCard; second?: string }) {
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
				<QrCode qr={card.qr} label={t('auth:card.qr')} />
				<div className="stack min-w-0 flex-1 basis-60">
					{languages.map((tag) => (
						<CardText key={tag} tag={tag} card={card} />
					))}
				</div>
			</div>
			<p className="small">{t('auth:invite.card', { mark: card.mark })}</p>
		</article>
	)
}

function CardText({ tag, card }: { tag: string; card: InvitationCard }) {
	const { i18n } = useTranslation()
	const t = i18n.getFixedT(tag)
	return (
		<div lang={tag} dir={dirOf(tag)}>
			<p className="handle">{t('auth:card.title')}</p>
			<p>{t('auth:card.scan')}</p>
			<p>
				<bdi dir="ltr" translate="no">
					{card.address}
				</bdi>
			</p>
			<p>
				{t('auth:card.code')}{' '}
				<bdi dir="ltr" className="handle" translate="no">
					{card.code}
				</bdi>
			</p>
			<p className="small">{t('auth:card.until', { date: formatDate(tag, card.expiresAt) })}</p>
		</div>
	)
}
