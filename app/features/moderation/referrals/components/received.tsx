import { useTranslation } from 'react-i18next'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Submit } from '~/ui/form'
import { Empty, Notice, PageHead } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { Received } from '../receiving.server'

interface ReceivedPageProps {
	received: Received[]
	/** She has more of the coordination than this and the invitations of her organisation. */
	coordinates: boolean
	result?: FormResult
}

/** What women agreed to pass on to her organisation: a name, what each wrote for them, and nothing of what she reported. */
export function ReceivedPage({ received, coordinates, result }: ReceivedPageProps) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('referrals:received.title')}
				lead={t('referrals:received.lead')}
				back={{
					to: coordinates ? '/coordination' : '/coordination/invitations',
					label: t('common:nav.coordination'),
				}}
			/>
			{result?.code === 'conflict' ? <Notice kind="care">{t('referrals:received.changed')}</Notice> : null}
			{received.length === 0 ? <Empty title={t('referrals:received.none')} /> : null}
			<CardList label={t('referrals:received.title')}>
				{received.map((one) => (
					<ReceivedCard key={one.id} received={one} />
				))}
			</CardList>
		</>
	)
}

function ReceivedCard({ received }: { received: Received }) {
	const { t } = useTranslation()
	const { id, handle, organisation, words, state, answeredAt } = received
	return (
		<Card as="li" item="referral" tone={state === 'agreed' ? 'new' : 'plain'}>
			<div className="stack">
				<p className="row between">
					<Bdi>{handle}</Bdi>
					<span className="meta">
						<bdi translate="no">{organisation}</bdi>
						{answeredAt ? <Time at={answeredAt} /> : null}
					</span>
				</p>
				{words ? (
					<p className="bubble-text" dir="auto">
						{words}
					</p>
				) : (
					<p className="muted">{t('referrals:received.noWords')}</p>
				)}
				<Form id={`referral-${id}`}>
					<input type="hidden" name="referral" value={id} />
					<input type="hidden" name="intent" value={state === 'agreed' ? 'take' : 'close'} />
					<Submit kind={state === 'agreed' ? 'primary' : 'quiet'} icon="check">
						{t(state === 'agreed' ? 'referrals:received.take' : 'referrals:received.close')}
					</Submit>
				</Form>
			</div>
		</Card>
	)
}
