import { useTranslation } from 'react-i18next'
import { formatNumber } from '~/platform/i18n/format'
import { Card, CardList } from '~/ui/card'
import { Form, type FormResult, Select, Submit } from '~/ui/form'
import { IconText } from '~/ui/icon'
import { Empty, Notice, PageHead, Pager, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'

interface RoundShown {
	id: string
	status: 'draft' | 'published' | 'dropped'
	drawnAt: Date
	organisation: string | null
	pairs: number
	unmatched: number
}

interface RoundsPageProps {
	rounds: RoundShown[]
	older: string | null
	first: boolean
	organisations: { id: string; name: string }[]
	/** She may draw for everyone. */
	everyone: boolean
	result?: FormResult
}

const PATH = '/coordination/rounds'

/** The rounds of matching in a coordinator's care, and the button to draw another. */
export function RoundsPage({ rounds, older, first, organisations, everyone, result }: RoundsPageProps) {
	const { t } = useTranslation()
	return (
		<div className="stack">
			<PageHead
				title={t('rounds:list.title')}
				lead={t('rounds:list.lead')}
				back={{ to: '/coordination', label: t('coordination:title') }}
			/>
			<DrawForm organisations={organisations} everyone={everyone} result={result} />
			<Section title={t('rounds:list.before')}>
				{rounds.length === 0 ? <Empty title={t('rounds:list.none')} /> : null}
				<CardList>
					{rounds.map((round) => (
						<RoundCard key={round.id} round={round} />
					))}
				</CardList>
			</Section>
			<Pager olderTo={older ? `${PATH}?before=${older}` : undefined} newerTo={first ? undefined : PATH} />
		</div>
	)
}

function DrawForm({
	organisations,
	everyone,
	result,
}: Pick<RoundsPageProps, 'organisations' | 'everyone' | 'result'>) {
	const { t } = useTranslation()
	const options = organisations.map(({ id, name }) => ({ value: id, label: name }))
	const nobody = result?.details?.reason === 'nobody'
	return (
		<Card>
			{nobody ? <Notice kind="care" title={t('rounds:list.nobody')} /> : null}
			<Form result={nobody ? undefined : result}>
				{options.length > 0 && (everyone || options.length > 1) ? (
					<Select
						name="organisation"
						label={t('rounds:list.whose')}
						options={everyone ? [{ value: '', label: t('rounds:list.everyone') }, ...options] : options}
					/>
				) : null}
				<p className="muted">{t('rounds:list.drawHint')}</p>
				<Submit icon="shuffle">{t('rounds:list.draw')}</Submit>
			</Form>
		</Card>
	)
}

function RoundCard({ round }: { round: RoundShown }) {
	const { t, i18n } = useTranslation()
	return (
		<Card as="li" item="round" tone={round.status === 'draft' ? 'new' : 'plain'}>
			<a className="row-link" href={`${PATH}/${round.id}`}>
				<IconText name="shuffle">
					{t(`rounds:status.${round.status}`)} · <Time at={round.drawnAt} />
				</IconText>
			</a>
			{round.organisation ? (
				<p>
					<Bdi>{round.organisation}</Bdi>
				</p>
			) : null}
			<p className="meta">
				<span>
					{t('common:pair', {
						name: t('rounds:part.pairs'),
						value: formatNumber(i18n.language, round.pairs),
					})}
				</span>
				<span>
					{t('common:pair', {
						name: t('rounds:part.unmatched'),
						value: formatNumber(i18n.language, round.unmatched),
					})}
				</span>
			</p>
		</Card>
	)
}
