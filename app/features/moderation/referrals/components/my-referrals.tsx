import { useTranslation } from 'react-i18next'
import { formatCountry } from '~/platform/i18n/format-names'
import { Button } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Submit, TextArea } from '~/ui/form'
import { Empty, Notice, PageHead } from '~/ui/page'
import { SaidText } from '~/ui/said'
import { Time } from '~/ui/text'
import { WORDS } from '../../moderation.words'
import type { MyReferral } from '../answering.server'

/** What was offered to her, what it is, and her yes or no. */
export function MyReferrals({ referrals, result }: { referrals: MyReferral[]; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<PageHead
				title={t('referrals:mine.title')}
				lead={t('referrals:mine.lead')}
				back={{ to: '/me', label: t('common:nav.me') }}
			/>
			<div className="stack">
				<Notice kind="care">
					{t('referrals:mine.danger')} <a href="/help">{t('referrals:help')}</a>
				</Notice>
				{result?.code === 'conflict' ? <Notice kind="info">{t('referrals:mine.changed')}</Notice> : null}
				{referrals.length === 0 ? <Empty title={t('referrals:mine.none')} /> : null}
				<CardList label={t('referrals:mine.title')}>
					{referrals.map((one) => (
						<ReferralCard key={one.id} referral={one} result={result} />
					))}
				</CardList>
			</div>
		</>
	)
}

function ReferralCard({ referral, result }: { referral: MyReferral; result?: FormResult }) {
	const { t, i18n } = useTranslation()
	const { organisation, about, country, kind, offerWords, offeredAt, state, herWords } = referral
	return (
		<Card as="li" item="referral" tone={state === 'offered' ? 'new' : 'plain'}>
			<div className="stack">
				<h2 className="title">
					<span translate="no">
						<SaidText said={organisation} />
					</span>
				</h2>
				<p className="meta">
					<span>{t(`referrals:kind.${kind}`)}</span>
					<span>{formatCountry(i18n.language, country)}</span>
					<Time at={offeredAt} />
				</p>
				{about ? (
					<p>
						<SaidText said={about} />
					</p>
				) : null}
				<p>{t(`referrals:about.${kind}`)}</p>
				{offerWords ? (
					<p className="bubble-text" dir="auto">
						{offerWords}
					</p>
				) : null}
				<p>
					<strong>{t(`referrals:state.${state}`)}</strong>
				</p>
				{herWords ? (
					<div>
						<p className="muted">{t('referrals:mine.yourWords')}</p>
						<p className="bubble-text" dir="auto">
							{herWords}
						</p>
					</div>
				) : null}
				{state === 'offered' ? <AnswerForm referral={referral} result={result} /> : null}
				{WITHDRAWABLE.includes(state) ? <Withdraw id={referral.id} /> : null}
			</div>
		</Card>
	)
}

const WITHDRAWABLE: readonly MyReferral['state'][] = ['agreed', 'taken', 'closed']

function AnswerForm({ referral, result }: { referral: MyReferral; result?: FormResult }) {
	const { t } = useTranslation()
	const mine = result?.values?.referral === referral.id && result.code !== 'conflict' ? result : undefined
	return (
		<Form result={mine} id={`answer-${referral.id}`}>
			<input type="hidden" name="referral" value={referral.id} />
			<TextArea
				name="words"
				label={t('referrals:mine.words')}
				hint={t('referrals:mine.wordsHint')}
				counter={WORDS.graphemes}
				rows={4}
				optional
			/>
			<p className="hint">{t('referrals:mine.yesMeans')}</p>
			<div className="row">
				<Button icon="check" name="answer" value="yes">
					{t('referrals:mine.yes')}
				</Button>
				<Button kind="quiet" icon="x" name="answer" value="no">
					{t('referrals:mine.no')}
				</Button>
			</div>
		</Form>
	)
}

function Withdraw({ id }: { id: string }) {
	const { t } = useTranslation()
	return (
		<Form id={`withdraw-${id}`}>
			<input type="hidden" name="intent" value="withdraw" />
			<input type="hidden" name="referral" value={id} />
			<p className="hint">{t('referrals:mine.withdrawMeans')}</p>
			<Submit kind="quiet" icon="undo-2">
				{t('referrals:mine.withdraw')}
			</Submit>
		</Form>
	)
}
