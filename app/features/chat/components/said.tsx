import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import type { FormResult } from '~/ui/form'
import { BubbleText, MessageBubble, Quote } from '~/ui/talk'
import { LanguageTag, Time } from '~/ui/text'
import type { Message } from '../chat.wire'
import { ReadSign } from '../signs/components/signs'
import { OthersActions, OwnActions, ReplyLink } from './message-actions'
import { Signs, WishButton, WishOffers } from './message-marks'
import { beginningOf, useFold, useTalk } from './talk-context'

interface PointerProps {
	/** Undefined while nobody has looked; null where it is not there for her. */
	message: Message | null | undefined
}

/** How a message begins, with the way to it. */
export function MessageQuote({ message }: PointerProps) {
	const { t } = useTranslation()
	const foldOf = useFold()
	if (!message) return <Quote gone={message === undefined ? '…' : t('chat:answer.gone')} />
	const fold = foldOf(message)
	return (
		<Quote
			to={`#m-${message.id}`}
			name={message.author ?? t('chat:formerMember')}
			{...(fold
				? { text: fold }
				: { text: beginningOf(message.body), lang: message.lang ?? undefined, dir: message.dir })}
			gone=""
		/>
	)
}

interface TranslationProps {
	pair: Message
	/** Behind what the message is folded that it is of. */
	fold?: string
	result?: FormResult
}

/** What another woman said in this language, with the message it is of. */
function Translation({ pair, fold, result }: TranslationProps) {
	const { t } = useTranslation()
	const { me } = useTalk()
	const foldOf = useFold()
	const by = {
		language: isolated(endonym(pair.lang ?? '')),
		name: isolated(pair.author ?? t('chat:formerMember')),
	}
	return (
		<div className="pair" id={`m-${pair.id}`} data-item="translation">
			<p className="pair-by">{t('chat:pair.by', by)}</p>
			<BubbleText lang={pair.lang ?? undefined} dir={pair.dir} body={pair.body} fold={foldOf(pair) ?? fold} />
			{pair.outdated ? <p className="pair-by">{t('chat:pair.outdated')}</p> : null}
			<div className="bubble-foot">
				<Signs message={pair} />
				{pair.authorId === me.id ? (
					<OwnActions message={pair} result={resultOf(result, pair.id)} />
				) : (
					<OthersActions message={pair} />
				)}
			</div>
		</div>
	)
}

const resultOf = (result: FormResult | undefined, id: string) =>
	result?.values?.id === id ? result : undefined

/** The language of words that she does not read, so that she knows what to ask for. */
function Tongue({ message }: { message: Message }) {
	const { me } = useTalk()
	if (!message.lang || message.lang === me.wants || me.reads.includes(message.lang)) return null
	return <LanguageTag tag={message.lang} />
}

interface SaidProps {
	message: Message
	/** Whether it points to another message, and which. */
	points: boolean
	pointed: PointerProps['message']
	pairs: readonly Message[]
	/** The answer to a form of one message. */
	result?: FormResult
}

/** One message with all that belongs to it. */
export const Said = memo(
	function Said({ message, points, pointed, pairs, result }: SaidProps) {
		const { t } = useTranslation()
		const { me, now } = useTalk()
		const fold = useFold()(message)
		const saidIn = pairs.flatMap(({ lang, outdated }) => (lang && !outdated ? [lang] : []))
		return (
			<MessageBubble
				id={`m-${message.id}`}
				lang={message.lang ?? undefined}
				dir={message.dir}
				body={message.body}
				fold={fold}
				quote={points ? <MessageQuote message={pointed} /> : null}
				beside={pairs.map((pair) => <Translation key={pair.id} pair={pair} fold={fold} result={result} />)}
			>
				<Time at={message.at} now={now} />
				{message.edited ? <span>{t('chat:own.changed')}</span> : null}
				{message.authorId === me.id ? <ReadSign id={message.id} /> : null}
				<Tongue message={message} />
				<Signs message={message} />
				<ReplyLink message={message} />
				<WishButton message={message} saidIn={saidIn} />
				<WishOffers message={message} saidIn={saidIn} />
				{message.authorId === me.id ? (
					<OwnActions message={message} result={resultOf(result, message.id)} />
				) : (
					<OthersActions message={message} />
				)}
			</MessageBubble>
		)
	},
	(before, now) =>
		before.message === now.message &&
		before.pointed === now.pointed &&
		before.result === now.result &&
		before.pairs.length === now.pairs.length &&
		before.pairs.every((pair, at) => pair === now.pairs[at]),
)
