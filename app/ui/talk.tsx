import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon'
import { Disclosure } from './page'
import { Avatar, RoleBadge } from './people'
import { Words } from './talk-words'
import { Time } from './text'

type GroupProps = { own: boolean; handle: string; seed: string; badge?: string; children: ReactNode }

/** What one person said in a few minutes: her name once, then her messages. */
export function MessageGroup({ own, handle, seed, badge, children }: GroupProps) {
	const { t } = useTranslation()
	return (
		<li className={own ? 'saying own' : 'saying'}>
			{own ? null : <Avatar seed={seed} />}
			<div className="said-body">
				<p className={own ? 'said-by sr-only' : 'said-by'}>
					<bdi className="handle" translate="no">
						{own ? t('common:talk.you') : handle}
					</bdi>
					{badge && !own ? <RoleBadge role={badge} /> : null}
				</p>
				{children}
			</div>
		</li>
	)
}

export type MessageState = 'sending' | 'sent' | 'not-sent'

type BubbleProps = {
	id: string
	lang?: string
	dir?: 'ltr' | 'rtl' | 'auto'
	body: string
	at?: Date | string
	state?: MessageState
	/** Behind what its words are folded. */
	fold?: string
	/** What it answers, above its words. */
	quote?: ReactNode
	/** What stands with it, below its words: translations. */
	beside?: ReactNode
	children?: ReactNode
}

/** Its words; folded, they are there for who opens them. */
export function BubbleText({ lang, dir, body, fold }: Pick<BubbleProps, 'lang' | 'dir' | 'body' | 'fold'>) {
	const words = (
		<p className="bubble-text" lang={lang} dir={dir}>
			<Words text={body} />
		</p>
	)
	if (!fold) return words
	return (
		<Disclosure summary={fold} icon="eye-off">
			{words}
		</Disclosure>
	)
}

/** One message. `children` are its actions; a message that was not sent has a clay edge. */
export function MessageBubble({
	id,
	lang,
	dir = 'auto',
	body,
	at,
	state = 'sent',
	fold,
	quote,
	beside,
	children,
}: BubbleProps) {
	return (
		<div className={state === 'sent' ? 'bubble' : `bubble ${state}`} id={id} data-item="message">
			{quote}
			<BubbleText lang={lang} dir={dir} body={body} fold={fold} />
			{beside}
			<div className="bubble-foot">
				<Delivery state={state} at={at} />
				{children}
			</div>
		</div>
	)
}

type QuoteProps = {
	to?: string
	name?: string
	text?: string
	lang?: string
	dir?: 'ltr' | 'rtl'
	gone: string
}

/** How the message begins that this one answers; of one that is not here nothing but that. */
export function Quote({ to, name, text, lang, dir, gone }: QuoteProps) {
	if (!to) {
		return (
			<p className="quote">
				<Icon name="reply" />
				<span className="muted">{gone}</span>
			</p>
		)
	}
	return (
		<a className="quote" href={to}>
			<Icon name="reply" />
			<span>
				<bdi className="handle" translate="no">
					{name}
				</bdi>
				<span className="quote-words" lang={lang} dir={dir}>
					{text}
				</span>
			</span>
		</a>
	)
}

/** A line across the talk: a day, or where the new begins. */
export function TalkLine({ children, id, fresh }: { children: ReactNode; id?: string; fresh?: boolean }) {
	return (
		<li className={fresh ? 'talk-line fresh' : 'talk-line'} id={id}>
			<span>{children}</span>
		</li>
	)
}

function Delivery({ state, at }: { state: MessageState; at?: Date | string }) {
	const { t } = useTranslation()
	if (state === 'not-sent') {
		return (
			<span className="not-sent-word">
				<Icon name="triangle-alert" />
				<span>{t('common:talk.notSent')}</span>
			</span>
		)
	}
	if (state === 'sending') return <span>{t('common:talk.sending')}</span>
	return at ? <Time at={at} /> : null
}

/** The list of what was said, oldest first. */
export function Talk({ children, label }: { children: ReactNode; label: string }) {
	return (
		<ol className="talk" aria-label={label}>
			{children}
		</ol>
	)
}

const CONNECTION_ICON = { connected: 'wifi', trying: 'wifi-off', offline: 'wifi-off' } as const

/** Under a room's title: whether words go out at this moment. */
export function Connection({ state }: { state: keyof typeof CONNECTION_ICON }) {
	const { t } = useTranslation()
	return (
		<p className={state === 'connected' ? 'connection' : 'connection trying'} role="status">
			<Icon name={CONNECTION_ICON[state]} />
			<span key={state}>{t(`common:talk.${state}`)}</span>
		</p>
	)
}

/** Keeps the field and its button in reach at the lower edge while she reads. */
export function ComposerBar({ children }: { children: ReactNode }) {
	return <div className="composer">{children}</div>
}
