import { useTranslation } from 'react-i18next'
import { formatDate } from '~/platform/i18n/format'
import { isolated } from '~/platform/i18n/isolate'
import { endonym } from '~/platform/i18n/languages'
import { Button, ButtonLink, PrintButton } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Pager, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { InvitationCard } from '../invitation-cards.server'
import type { InvitationRow } from '../invitations.server'
import { answerTo } from './answer'
import { PrintedCard } from './printed-card'

/** The answer to making cards carries them: they are shown this once and kept nowhere. */
export interface CardsResult extends FormResult {
	cards?: InvitationCard[]
	/** The second language printed on them. */
	second?: string
}

interface Props {
	rows: InvitationRow[]
	older?: string
	/** How many women wait who agreed to be passed on to her organisation; null where nothing is. */
	referrals?: number | null
	/** How moderation goes in the spaces of her organisation is hers to read. */
	figures?: boolean
	choices: { everywhere: boolean; organisations: { id: string; name: string }[] }
	/** Languages of the interface besides the page's own. */
	languages: string[]
	formKey: string
	result?: CardsResult
}

export function InvitationsPage({ rows, older, referrals = null, figures = false, result, ...make }: Props) {
	const { t } = useTranslation()
	return (
		<>
			<div className="no-print">
				<PageHead
					title={t('auth:invite.title')}
					lead={t('auth:invite.lead')}
					actions={
						<>
							<ButtonLink kind="quiet" icon="key-round" to="/coordination/recoveries">
								{t('members:recovery.title')}
							</ButtonLink>
							{referrals === null ? null : (
								<ButtonLink kind="quiet" icon="handshake" to="/coordination/referrals">
									{t('referrals:received.link', { n: referrals })}
								</ButtonLink>
							)}
							{figures ? (
								<ButtonLink kind="quiet" icon="chart-column" to="/coordination/moderation">
									{t('record:figures.title')}
								</ButtonLink>
							) : null}
						</>
					}
					back={make.choices.everywhere ? { to: '/coordination', label: t('auth:people.back') } : undefined}
				/>
			</div>
			{result?.cards ? (
				<Cards cards={result.cards} second={result.second} />
			) : (
				<MakeCards {...make} result={result} />
			)}
			<div className="no-print">
				<Section title={t('auth:invite.listTitle')}>
					{rows.length === 0 ? <p className="muted">{t('auth:invite.listNone')}</p> : <List rows={rows} />}
					<Pager olderTo={older ? `/coordination/invitations?before=${older}` : undefined} />
				</Section>
			</div>
		</>
	)
}

function MakeCards({
	choices,
	languages,
	formKey,
	result,
}: Omit<Props, 'rows' | 'older' | 'referrals' | 'figures'>) {
	const { t } = useTranslation()
	const none = choices.everywhere ? [{ value: '', label: t('auth:invite.noOrganisation') }] : []
	const organisations = choices.organisations.map(({ id, name }) => ({ value: id, label: name }))
	const second = languages.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))
	return (
		<Section title={t('auth:invite.makeTitle')}>
			<Form result={answerTo(result, { intent: 'make' })} id="make">
				<input type="hidden" name="intent" value="make" />
				<input type="hidden" name="key" value={formKey} />
				<Field
					name="count"
					label={t('auth:invite.count')}
					hint={t('auth:invite.countHint')}
					inputMode="numeric"
					defaultValue="1"
					autoComplete="off"
				/>
				<Select
					name="organisation"
					label={t('auth:invite.organisation')}
					options={[...none, ...organisations]}
				/>
				{second.length === 0 ? null : (
					<Select
						name="second"
						label={t('auth:invite.second')}
						options={[{ value: '', label: t('auth:invite.noSecond') }, ...second]}
					/>
				)}
				<Submit icon="plus">{t('auth:invite.make')}</Submit>
			</Form>
		</Section>
	)
}

function Cards({ cards, second }: { cards: InvitationCard[]; second?: string }) {
	const { t } = useTranslation()
	return (
		<Section title={<span className="no-print">{t('auth:invite.cardsTitle', { count: cards.length })}</span>}>
			<div className="stack">
				<div className="no-print stack">
					<Notice kind="care">
						<p>{t('auth:invite.once')}</p>
					</Notice>
					<div className="row">
						<PrintButton>{t('auth:invite.print')}</PrintButton>
					</div>
				</div>
				{cards.map((card) => (
					<PrintedCard key={card.code} card={card} second={second} />
				))}
			</div>
		</Section>
	)
}

function List({ rows }: { rows: InvitationRow[] }) {
	const { t, i18n } = useTranslation()
	return (
		<CardList label={t('auth:invite.listTitle')}>
			{rows.map((row) => (
				<Card as="li" key={row.id} item="invitation">
					<div className="row between">
						<div>
							<p className="row">
								<strong>{t('auth:invite.card', { mark: isolated(row.mark) })}</strong>
								<span className="badge">{t(`auth:invite.state.${row.state}`)}</span>
								{row.organisation ? <Bdi>{row.organisation}</Bdi> : null}
							</p>
							<p className="meta">
								<span>{t('auth:invite.made')}</span>
								<Time at={row.createdAt} />
								{row.state === 'open' ? (
									<span>{t('auth:invite.until', { date: formatDate(i18n.language, row.expiresAt) })}</span>
								) : null}
							</p>
						</div>
						{row.state === 'open' ? (
							<Form>
								<input type="hidden" name="invitation" value={row.id} />
								<Button kind="quiet" name="intent" value="withdraw">
									{t('auth:invite.withdraw')}
								</Button>
							</Form>
						) : null}
					</div>
				</Card>
			))}
		</CardList>
	)
}
