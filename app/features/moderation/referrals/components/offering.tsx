import { useTranslation } from 'react-i18next'
import { formatCountry } from '~/platform/i18n/format-names'
import { Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { Disclosure, Notice, Section } from '~/ui/page'
import { WORDS } from '../../moderation.words'
import type { Offering as OfferingShown } from '../offering.server'

/** On the page of a case: somebody outside can be offered to those who reported it. Nothing here says who they are. */
export function Offering({ offering, result }: { offering: OfferingShown | null; result?: FormResult }) {
	const { t } = useTranslation()
	if (!offering) return null
	const { counts, mayOffer, choices } = offering
	const mine = result?.values?.intent === 'offer' ? result : undefined
	return (
		<Section title={t('referrals:offer.title')} id="referral">
			<div className="stack">
				<Notice kind="info">
					{t('referrals:offer.danger')} <a href="/help">{t('referrals:help')}</a>
				</Notice>
				<Counts counts={counts} />
				{mayOffer && choices.length === 0 ? <p className="muted">{t('referrals:offer.nobody')}</p> : null}
				{mayOffer && choices.length > 0 ? (
					<Disclosure summary={t('referrals:offer.open')} icon="handshake" open={mine !== undefined}>
						<OfferForm choices={choices} result={mine} />
					</Disclosure>
				) : null}
			</div>
		</Section>
	)
}

function Counts({ counts }: { counts: OfferingShown['counts'] }) {
	const { t } = useTranslation()
	if (counts.offered + counts.agreed + counts.declined === 0) return null
	return (
		<p className="meta">
			<span>{t('referrals:offer.offered', { n: counts.offered })}</span>
			<span>{t('referrals:offer.agreed', { n: counts.agreed })}</span>
			<span>{t('referrals:offer.declined', { n: counts.declined })}</span>
		</p>
	)
}

function OfferForm({ choices, result }: { choices: OfferingShown['choices']; result?: FormResult }) {
	const { t, i18n } = useTranslation()
	return (
		<Form result={result} id="offer">
			<input type="hidden" name="intent" value="offer" />
			<p className="hint">{t('referrals:offer.hint')}</p>
			<Select
				name="organisation"
				label={t('referrals:offer.organisation')}
				options={choices.map(({ id, name, country, kind }) => ({
					value: id,
					label: `${formatCountry(i18n.language, country)} · ${name} · ${t(`referrals:kind.${kind}`)}`,
				}))}
			/>
			<TextArea
				name="words"
				label={t('referrals:offer.words')}
				hint={t('referrals:offer.wordsHint')}
				counter={WORDS.graphemes}
				rows={3}
				optional
			/>
			<Submit icon="send">{t('referrals:offer.send')}</Submit>
		</Form>
	)
}
