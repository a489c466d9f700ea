import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { MessageBubble, MessageGroup, Talk, TalkLine } from '~/ui/talk'
import type { Message } from '../chat.wire'
import { findPointed } from '../live/asides'
import type { LiveState } from '../live/live-room'
import type { Pending } from '../live/outbox'
import { itemsOf, pairsOf, type TalkItem } from '../talk-items'
import { Said } from './said'
import { useTalk } from './talk-context'

interface RoomTalkProps {
	state: Pick<LiveState, 'messages' | 'older' | 'pending' | 'asides'>
	/** Whose clock says when a day begins. */
	zone: string
	/** How far she had read when she came. */
	readTo: number | null
	/** The answer to a form of one message. */
	result?: FormResult
}

const SHOWN = ['messages', 'older', 'pending', 'asides'] as const

const isSameTalk = (before: RoomTalkProps, now: RoomTalkProps) =>
	before.zone === now.zone &&
	before.readTo === now.readTo &&
	before.result === now.result &&
	SHOWN.every((part) => before.state[part] === now.state[part])

/** What was said, and below it what is still on its way. Drawn anew only when one of these is another. */
export const RoomTalk = memo(function RoomTalk({ state, zone, readTo, result }: RoomTalkProps) {
	const { t } = useTranslation()
	const { me } = useTalk()
	const items = itemsOf(state.messages, { zone, readTo, me, more: state.older !== null })
	return (
		<div role="log" aria-label={t('chat:room.label')}>
			<Talk label={t('chat:room.label')}>
				{items.map((item) => (
					<Item key={keyOf(item)} item={item} zone={zone} state={state} result={result} />
				))}
				{state.pending.length > 0 ? (
					<MessageGroup own handle={me.handle} seed={me.id}>
						{state.pending.map((one) => (
							<PendingBubble key={one.key} pending={one} />
						))}
					</MessageGroup>
				) : null}
			</Talk>
		</div>
	)
}, isSameTalk)

function keyOf(item: TalkItem): string {
	if (item.kind === 'group') return item.messages[0]!.id
	if (item.kind === 'pair') return item.message.id
	return item.kind === 'day' ? item.at : 'new'
}

type ItemProps = { item: TalkItem } & Pick<RoomTalkProps, 'state' | 'zone' | 'result'>

function Item({ item, zone, ...shared }: ItemProps) {
	const { t } = useTranslation()
	switch (item.kind) {
		case 'day':
			return <Day at={item.at} zone={zone} />
		case 'new':
			return (
				<TalkLine id="new" fresh>
					{t('chat:room.since')}
				</TalkLine>
			)
		case 'pair':
			return <PairLine pair={item.message} />
		case 'group':
			return <Group group={item.messages} {...shared} />
	}
}

function Day({ at, zone }: { at: string; zone: string }) {
	const { i18n } = useTranslation()
	return (
		<TalkLine>
			{/* A browser may write a date otherwise than the server that made the page; the page's stays. */}
			<time dateTime={at} suppressHydrationWarning>
				{formatDate(i18n.language, new Date(at), zone)}
			</time>
		</TalkLine>
	)
}

/** At its place in the talk a translation only leads to the message it stands with. */
function PairLine({ pair }: { pair: Message }) {
	const { t } = useTranslation()
	const by = {
		language: isolated(endonym(pair.lang ?? '')),
		name: isolated(pair.author ?? t('chat:formerMember')),
	}
	return (
		<TalkLine>
			<a href={`#m-${pair.id}`}>{t('chat:pair.by', by)}</a>
		</TalkLine>
	)
}

type GroupProps = { group: Message[] } & Pick<RoomTalkProps, 'state' | 'result'>

function Group({ group, state, result }: GroupProps) {
	const { t } = useTranslation()
	const { me } = useTalk()
	const { author, authorId, id, badge } = group[0]!
	return (
		<MessageGroup
			own={authorId === me.id}
			handle={author ?? t('chat:formerMember')}
			seed={authorId ?? id}
			badge={badge ?? undefined}
		>
			{group.map((message) => {
				const to = message.translationOf ?? message.replyTo
				return (
					<Said
						key={message.id}
						message={message}
						points={to !== null}
						pointed={to === null ? undefined : findPointed(state.messages, state.asides, to)}
						pairs={pairsOf(state.messages, message.id)}
						result={result}
					/>
				)
			})}
		</MessageGroup>
	)
}

function PendingBubble({ pending }: { pending: Pending }) {
	return (
		<MessageBubble id={`k-${pending.key}`} lang={pending.language} body={pending.body} state={pending.state}>
			{pending.state === 'not-sent' ? <NotSent pending={pending} /> : null}
		</MessageBubble>
	)
}

/** Why it was not taken, and what she can do now. */
function NotSent({ pending: { key, final, why, contact } }: { pending: Pending }) {
	const { t } = useTranslation()
	const { live } = useTalk()
	const reason = contact ? t(`chat:contact.${contact}`) : why ? t(why.key, why.details) : undefined
	return (
		<>
			{final ? (
				<span>{reason ?? t(final === 'tooLong' ? 'chat:notSent.tooLong' : 'chat:notSent.refused')}</span>
			) : null}
			{final && final !== 'contact' && !why ? null : (
				<Button type="button" kind="plain" onClick={() => live?.retry(key, final === 'contact')}>
					{t(final === 'contact' ? 'chat:contact.sure' : 'chat:notSent.retry')}
				</Button>
			)}
			{final ? (
				<Button type="button" kind="plain" onClick={() => live?.takeBack(key)}>
					{t('chat:contact.change')}
				</Button>
			) : null}
			<Button type="button" kind="plain" onClick={() => live?.discard(key)}>
				{t('chat:notSent.discard')}
			</Button>
		</>
	)
}
