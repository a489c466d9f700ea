import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import { Icon } from '~/ui/icon'
import type { IconName } from '~/ui/icons'
import { REACTIONS, type Reaction } from '../chat.limits'
import { canTranslate } from '../chat.policy'
import type { Message } from '../chat.wire'
import { react, wish } from '../live/acts'
import { useTalk } from './talk-context'

const ICONS: Record<Reaction, IconName> = {
	heart: 'heart',
	thanks: 'smile',
	yes: 'check',
	strong: 'star',
	flower: 'flower',
}

interface SignProps {
	message: Message
	kind: Reaction
	/** Beside the icon: how many, or what it means. */
	count?: number
}

function Sign({ message, kind, count }: SignProps) {
	const { t } = useTranslation()
	const { room, live } = useTalk()
	const pressed = message.mine?.reactions.includes(kind) ?? false
	function press(event: MouseEvent) {
		if (!live) return
		event.preventDefault()
		void react(live, room, message, kind)
	}
	return (
		<button
			type="submit"
			className="sign"
			name="kind"
			value={kind}
			aria-pressed={pressed}
			title={t(`chat:reaction.${kind}`)}
			onClick={press}
		>
			<Icon name={ICONS[kind]} />
			<span className="sr-only">{t(`chat:reaction.${kind}`)}</span>
			{count ? <span>{count}</span> : null}
		</button>
	)
}

/** The signs under a message, how many of each, and which are hers; pressed, hers goes. */
export function Signs({ message }: { message: Message }) {
	const { t } = useTranslation()
	const { mayWrite } = useTalk()
	const given = REACTIONS.filter((kind) => message.reactions[kind])
	if (given.length === 0) return null
	if (!mayWrite) {
		return (
			<span className="signs">
				{given.map((kind) => (
					<span key={kind} className="sign" title={t(`chat:reaction.${kind}`)}>
						<Icon name={ICONS[kind]} />
						<span className="sr-only">{t(`chat:reaction.${kind}`)}</span>
						<span>{message.reactions[kind]}</span>
					</span>
				))}
			</span>
		)
	}
	return (
		<form method="post" className="signs">
			<SignFields message={message} />
			{given.map((kind) => (
				<Sign key={kind} message={message} kind={kind} count={message.reactions[kind]} />
			))}
		</form>
	)
}

const SignFields = ({ message }: { message: Message }) => (
	<>
		<input type="hidden" name="intent" value="react" />
		<input type="hidden" name="id" value={message.id} />
	</>
)

/** All signs she can give. */
export function SignPicker({ message }: { message: Message }) {
	const { t } = useTranslation()
	return (
		<form method="post" className="signs" aria-label={t('chat:reaction.label')}>
			<SignFields message={message} />
			{REACTIONS.map((kind) => (
				<Sign key={kind} message={message} kind={kind} />
			))}
		</form>
	)
}

/** "Please translate", where she does not read what it is written in; pressed again, it takes the wish back. */
export function WishButton({ message, saidIn }: { message: Message; saidIn: readonly string[] }) {
	const { t } = useTranslation()
	const { room, me, mayWrite, live } = useTalk()
	const reads = message.lang === null || message.lang === me.wants || me.reads.includes(message.lang)
	const asked = message.mine?.wanted.includes(me.wants) ?? false
	const own = message.authorId === me.id || message.translationOf !== null
	if (!mayWrite || own || reads || saidIn.includes(me.wants)) return null
	function press(event: MouseEvent) {
		if (!live) return
		event.preventDefault()
		void wish(live, room, message, me.wants)
	}
	return (
		<form method="post">
			<input type="hidden" name="intent" value="wish" />
			<input type="hidden" name="id" value={message.id} />
			<input type="hidden" name="language" value={me.wants} />
			<Button
				kind="plain"
				icon={asked ? 'check' : 'languages'}
				name="on"
				value={asked ? 'no' : 'yes'}
				aria-pressed={asked}
				onClick={press}
			>
				{t(asked ? 'chat:wish.asked' : 'chat:wish.ask')}
			</Button>
		</form>
	)
}

/** Somebody would like to read it in a language that she speaks: she can say it. */
export function WishOffers({ message, saidIn }: { message: Message; saidIn: readonly string[] }) {
	const { t } = useTranslation()
	const { room, me, mayWrite, live } = useTalk()
	if (!mayWrite || message.translationOf !== null) return null
	const offers = message.wanted.filter(
		(language) =>
			canTranslate(me, message, language) &&
			!saidIn.includes(language) &&
			!message.mine?.wanted.includes(language),
	)
	return offers.map((language) => (
		<a
			key={language}
			className="wish-offer"
			href={`/chat/${room}?translate=${message.id}&language=${language}#write`}
			onClick={(event) => {
				if (!live) return
				event.preventDefault()
				live.compose({ id: message.id, language })
			}}
		>
			<Icon name="languages" />
			<span>{t('chat:wish.offer', { language: isolated(endonym(language)) })}</span>
		</a>
	))
}
