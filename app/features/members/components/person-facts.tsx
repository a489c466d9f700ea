import { useTranslation } from 'react-i18next'
import { Bdi, Time } from '~/ui/text'
import type { PersonSeen } from '../person.server'

/** What is on record of her standing: who vouched for her, what holds for her, which rules she agreed to. */
export function PersonFacts({ person }: { person: PersonSeen }) {
	const { t } = useTranslation()
	return (
		<>
			<p>
				{t('coordination:people.rules')} <bdi dir="ltr">{person.rules}</bdi>
			</p>
			<Vouches person={person} />
			{person.holding.length > 0 ? (
				<ul className="stack" aria-label={t('coordination:people.holdsTitle')}>
					{person.holding.map(({ kind, until }) => (
						<li key={`${kind}${until}`}>
							{t(`coordination:people.holds.${kind}`)}{' '}
							{until ? (
								<span className="muted">
									{t('coordination:people.ends')} <Time at={until} />
								</span>
							) : null}
						</li>
					))}
				</ul>
			) : null}
		</>
	)
}

function Vouches({ person: { vouched, vouches } }: { person: PersonSeen }) {
	const { t } = useTranslation()
	return (
		<>
			<p>{t(vouched ? 'coordination:people.vouched' : 'coordination:people.notVouched')}</p>
			{vouches.length > 0 ? (
				<ul className="stack" aria-label={t('coordination:people.vouchesTitle')}>
					{vouches.map(({ id, kind, by, organisation, at }) => (
						<li key={id} className="meta">
							<span>{t(`coordination:people.vouchOf.${kind}`)}</span>
							{by || organisation ? <Bdi>{organisation ?? by}</Bdi> : null}
							<Time at={at} />
						</li>
					))}
				</ul>
			) : null}
		</>
	)
}
