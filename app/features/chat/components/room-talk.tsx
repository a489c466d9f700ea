import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '~/ui/button'
import type { FormResult } from '~/ui/form'
import { MessageBubble, MessageGroup, Talk } from '~/ui/talk'
import { Time } from '~/ui/text'
import type { Message } from '../chat.wire'
import type { LiveRoom } from '../live/live-room'
import type { Pending } from '../live/outbox'
import { OthersActions, OwnActions } from './message-actions'

const TOGETHER_MS = 5 * 60_000

/** What one person said within a few minutes, in one group. */
export function groupsOf(messages: readonly Message[]): Message[][] {
	const groups: Message[][] = []
	for (const message of messages) {
		const last = groups.at(-1)?.at(-1)
		const together =
			last !== undefined &&
			last.authorId !== null &&
			last.authorId === message.authorId &&
			Date.parse(message.at) - Date.parse(last.at) < TOGETHER_MS
		if (together) groups.at(-1)!.push(message)
		else groups.push([message])
	}
	return groups
}

interface RoomTalkProps {
	messages: readonly Message[]
	pending: readonly Pending[]
	me: { id: string; handle: string }
	now: Date
	mayWrite: boolean
	live?: LiveRoom
	/** The answer to a form of one message. */
	result?: FormResult
}

/** What was said, and below it what is still on its way. */
export function RoomTalk({ messages, pending, me, live, ...shared }: RoomTalkProps) {
	const { t } = useTranslation()
	return (
		<div role="log" aria-label={t('chat:room.label')}>
			<Talk label={t('chat:room.label')}>
				{groupsOf(messages).map((group) => (
					<Group key={group[0]!.id} group={group} own={group[0]!.authorId === me.id} {...shared} />
				))}
				{pending.length > 0 ? (
					<MessageGroup own handle={me.handle} seed={me.id}>
						{pending.map((one) => (
							<PendingBubble key={one.key} pending={one} live={live} />
						))}
					</MessageGroup>
				) : null}
			</Talk>
		</div>
	)
}

type Shared = Pick<RoomTalkProps, 'now' | 'mayWrite' | 'result'>

function Group({ group, own, ...shared }: { group: Message[]; own: boolean } & Shared) {
	const { t } = useTranslation()
	const { author, authorId, id, badge } = group[0]!
	return (
		<MessageGroup
			own={own}
			handle={author ?? t('chat:formerMember')}
			seed={authorId ?? id}
			badge={badge ?? undefined}
		>
			{group.map((message) => (
				<Said key={message.id} message={message} own={own} {...shared} />
			))}
		</MessageGroup>
	)
}

const resultOf = (result: FormResult | undefined, id: string) =>
	result?.values?.id === id ? result : undefined

const Said = memo(function Said({
	message,
	own,
	now,
	mayWrite,
	result,
}: { message: Message; own: boolean } & Shared) {
	const { t } = useTranslation()
	return (
		<MessageBubble id={`m-${message.id}`} dir={message.dir} body={message.body}>
			<Time at={message.at} now={now} />
			{message.edited ? <span>{t('chat:own.changed')}</span> : null}
			{own ? (
				<OwnActions message={message} mayWrite={mayWrite} result={resultOf(result, message.id)} />
			) : (
				<OthersActions message={message} />
			)}
		</MessageBubble>
	)
})

function PendingBubble({ pending, live }: { pending: Pending; live?: LiveRoom }) {
	return (
		<MessageBubble id={`k-${pending.key}`} body={pending.body} state={pending.state}>
			{pending.state === 'not-sent' ? <NotSent pending={pending} live={live} /> : null}
		</MessageBubble>
	)
}

function NotSent({ pending: { key, final }, live }: { pending: Pending; live?: LiveRoom }): ReactNode {
	const { t } = useTranslation()
	return (
		<>
			{final ? <span>{t(`chat:notSent.${final}`)}</span> : null}
			{final ? null : (
				<Button type="button" kind="plain" onClick={() => live?.retry(key)}>
					{t('chat:notSent.retry')}
				</Button>
			)}
			<Button type="button" kind="plain" onClick={() => live?.discard(key)}>
				{t('chat:notSent.discard')}
			</Button>
		</>
	)
}
