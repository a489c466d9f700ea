import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RuleChoice } from '~/features/moderation/components/rule-choice'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Disclosure, Empty, Notice, PageHead } from '~/ui/page'
import { Words } from '~/ui/talk-words'
import { Bdi, LanguageTag, Time } from '~/ui/text'

interface Waiting {
	id: string
	room: { text: string; lang: string } | null
	author: string
	body: string
	lang: string | null
	dir: 'ltr' | 'rtl'
	at: Date
}

interface HeldPageProps {
	/** How many there are in all that she could let through. */
	count: number
	/** Shown only while she is on duty. */
	waiting: Waiting[]
	/** Until when that is; null where she is not. */
	duty: Date | null
	/** Where she says that she is there. */
	dutyForm: ReactNode
	result?: FormResult
}

/** What waits in rooms that hold, for a moderator who reads it. */
export function HeldPage({ count, waiting, duty, dutyForm, result }: HeldPageProps) {
	const { t } = useTranslation()
	const about = result?.values?.id
	return (
		<>
			<PageHead
				title={t('moderation:held.title')}
				lead={t('moderation:held.lead')}
				back={{ to: '/moderation', label: t('moderation:queue.title') }}
			/>
			{result && !result.ok && about === undefined ? (
				<Notice kind="care" title={t(`errors:${result.code ?? 'invalid'}`)} />
			) : null}
			{duty ? null : <Notice kind="info" title={t('moderation:held.onDutyFirst', { count })} />}
			{duty && waiting.length === 0 ? <Empty title={t('moderation:held.none')} /> : null}
			{waiting.length > 1 ? <LetAllThrough waiting={waiting} /> : null}
			<CardList label={t('moderation:held.title')}>
				{waiting.map((one) => (
					<WaitingCard key={one.id} one={one} result={about === one.id ? result : undefined} />
				))}
			</CardList>
			{dutyForm}
		</>
	)
}

/** Only what stands on this page: what came in since then she has not read. */
function LetAllThrough({ waiting }: { waiting: Waiting[] }) {
	const { t } = useTranslation()
	return (
		<form method="post" className="row">
			{waiting.map(({ id }) => (
				<input key={id} type="hidden" name="held" value={id} />
			))}
			<Button icon="check" name="intent" value="through">
				{t('moderation:held.all', { count: waiting.length })}
			</Button>
		</form>
	)
}

function WaitingCard({ one, result }: { one: Waiting; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Card as="li" item="held" id={`h-${one.id}`}>
			<p className="meta">
				<span lang={one.room?.lang}>{one.room?.text}</span>
				<Bdi>{one.author}</Bdi>
				{one.lang ? <LanguageTag tag={one.lang} /> : null}
				<Time at={one.at} />
			</p>
			<p className="bubble-text" lang={one.lang ?? undefined} dir={one.dir}>
				<Words text={one.body} />
			</p>
			<form method="post">
				<input type="hidden" name="held" value={one.id} />
				<Button icon="check" name="intent" value="through">
					{t('moderation:held.through')}
				</Button>
			</form>
			<Disclosure summary={t('moderation:held.notThrough')} open={result !== undefined}>
				<Form result={result} id={`keep-${one.id}`}>
					<input type="hidden" name="intent" value="keep" />
					<input type="hidden" name="id" value={one.id} />
					<RuleChoice legend={t('moderation:held.rule')} />
					<TextArea
						name="words"
						label={t('moderation:decide.wordsLabel')}
						hint={t('moderation:decide.reviewHint')}
						rows={3}
						optional
					/>
					<Submit kind="danger">{t('moderation:held.notThrough')}</Submit>
				</Form>
			</Disclosure>
		</Card>
	)
}
