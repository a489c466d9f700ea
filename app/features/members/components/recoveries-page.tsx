import { useTranslation } from 'react-i18next'
import { endonym } from '~/platform/i18n/languages'
import { Button, PrintButton } from '~/ui/button'
import { Card, CardList } from '~/ui/card'
import { Field, Form, Select, Submit } from '~/ui/form'
import type { FormResult } from '~/ui/form-field'
import { Notice, PageHead, Section } from '~/ui/page'
import { Bdi, Time } from '~/ui/text'
import type { RecoveryCard, RecoveryRow } from '../recoveries.server'
import { answerTo } from './answer'
import { PassphraseAgain } from './entry-fields'
import { PrintedCode } from './printed-card'

/** The answer to handing out carries the card: it is shown this once. */
export interface HandedResult extends FormResult {
	card?: RecoveryCard
	/** The second language printed on it. */
	second?: string
}

interface Props {
	rows: RecoveryRow[]
	back: string
	fresh: boolean
	/** Languages of the interface besides the page's own. */
	languages: readonly string[]
	result?: HandedResult
}

/** Two people of staff open an account again whose passphrase and codes are lost. */
export function RecoveriesPage({ rows, back, result, ...rest }: Props) {
	const { t } = useTranslation()
	return (
		<>
			<div className="no-print">
				<PageHead
					title={t('members:recovery.title')}
					lead={t('members:recovery.lead')}
					back={{ to: back, label: t('auth:people.back') }}
				/>
			</div>
			{result?.card ? (
				<Handed card={result.card} second={result.second} />
			) : (
				<Begin fresh={rest.fresh} result={answerTo(result, { intent: 'start' })} />
			)}
			<div className="no-print">
				<Section title={t('members:recovery.listTitle')}>
					{rows.length === 0 ? <p className="muted">{t('members:recovery.listNone')}</p> : null}
					<CardList label={t('members:recovery.listTitle')}>
						{rows.map((row) => (
							<RecoveryItem key={row.id} row={row} {...rest} result={result} />
						))}
					</CardList>
				</Section>
			</div>
		</>
	)
}

const STEPS = ['step1', 'step2', 'step3', 'step4'] as const

function Begin({ fresh, result }: { fresh: boolean; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<>
			<ol className="steps" aria-label={t('members:recovery.steps')}>
				{STEPS.map((step) => (
					<li key={step}>{t(`members:recovery.${step}`)}</li>
				))}
			</ol>
			<Section title={t('members:recovery.startTitle')}>
				<Form result={result} id="start">
					<input type="hidden" name="intent" value="start" />
					<Field
						name="handle"
						label={t('auth:people.find')}
						hint={t('auth:people.findHint')}
						autoComplete="off"
						spellCheck={false}
						dir="auto"
						required
					/>
					<PassphraseAgain fresh={fresh} />
					<Submit icon="user-round">{t('members:recovery.start')}</Submit>
				</Form>
			</Section>
		</>
	)
}

function Handed({ card, second }: { card: RecoveryCard; second?: string }) {
	const { t } = useTranslation()
	return (
		<Section title={<span className="no-print">{t('members:recovery.codeTitle')}</span>}>
			<div className="stack">
				<div className="no-print stack">
					<Notice kind="care">
						<p>{t('members:recovery.once')}</p>
					</Notice>
					<div className="row">
						<PrintButton>{t('members:recovery.print')}</PrintButton>
					</div>
				</div>
				<PrintedCode card={card} second={second} />
			</div>
		</Section>
	)
}

type ItemProps = { row: RecoveryRow; fresh: boolean; languages: readonly string[]; result?: FormResult }

function RecoveryItem({ row, ...rest }: ItemProps) {
	const { t } = useTranslation()
	const runs = row.state !== 'stopped' && row.state !== 'over'
	return (
		<Card as="li" item="recovery">
			<div className="stack">
				<p className="row">
					<strong>
						<Bdi>{row.handle}</Bdi>
					</strong>
					<span className="badge">{t(`members:recovery.state.${row.state}`)}</span>
					<Bdi>{row.organisation}</Bdi>
				</p>
				<p className="meta">
					<span>{t('members:recovery.begun')}</span>
					<Time at={row.startedAt} />
				</p>
				<Next row={row} {...rest} />
				{runs ? <TakeBack row={row} result={rest.result} /> : null}
			</div>
		</Card>
	)
}

/** What comes next, and for whom. */
function Next({ row, ...rest }: ItemProps) {
	const { t } = useTranslation()
	switch (row.state) {
		case 'started':
			return row.part === 'first' ? <p>{t('members:recovery.second')}</p> : <Confirm row={row} {...rest} />
		case 'wait':
			return <Moment words={t('members:recovery.readyAt')} at={row.readyAt} />
		case 'ready':
			return row.part ? <HandOut row={row} {...rest} /> : <p>{t('members:recovery.notYours')}</p>
		case 'handed':
			return <Moment words={t('members:recovery.untilAt')} at={row.untilAt} />
		default:
			return null
	}
}

function Moment({ words, at }: { words: string; at: Date | null }) {
	if (!at) return null
	return (
		<p className="meta">
			<span>{words}</span>
			<Time at={at} />
		</p>
	)
}

function Confirm({ row, fresh, result }: ItemProps) {
	const { t } = useTranslation()
	return (
		<Form result={answerTo(result, { intent: 'confirm', recovery: row.id })} id={`confirm-${row.id}`}>
			<p>{t('members:recovery.confirmText')}</p>
			<input type="hidden" name="recovery" value={row.id} />
			<PassphraseAgain fresh={fresh} />
			<Button icon="check" name="intent" value="confirm">
				{t('members:recovery.confirm')}
			</Button>
		</Form>
	)
}

function HandOut({ row, fresh, languages, result }: ItemProps) {
	const { t } = useTranslation()
	const second = languages.map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))
	return (
		<Form result={answerTo(result, { intent: 'hand', recovery: row.id })} id={`hand-${row.id}`}>
			<input type="hidden" name="recovery" value={row.id} />
			<Select
				name="second"
				label={t('auth:invite.second')}
				options={[{ value: '', label: t('auth:invite.noSecond') }, ...second]}
			/>
			<PassphraseAgain fresh={fresh} />
			<Button icon="printer" name="intent" value="hand">
				{t('members:recovery.hand')}
			</Button>
		</Form>
	)
}

function TakeBack({ row, result }: { row: RecoveryRow; result?: FormResult }) {
	const { t } = useTranslation()
	return (
		<Form result={answerTo(result, { intent: 'takeBack', recovery: row.id })}>
			<input type="hidden" name="recovery" value={row.id} />
			<Button kind="quiet" name="intent" value="takeBack">
				{t('members:recovery.takeBack')}
			</Button>
		</Form>
	)
}
