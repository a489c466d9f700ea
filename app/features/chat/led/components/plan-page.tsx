import { useTranslation } from 'react-i18next'
import { compareWords } from '~/platform/i18n/format-names'
import { endonym, LANGUAGE_TAGS } from '~/platform/i18n/languages'
import { ZONE_NAMES, zoneLabel } from '~/platform/i18n/zones'
import { Choice, ChoiceGroup, Field, Form, type FormResult, Select, Submit, TextArea } from '~/ui/form'
import { Disclosure, PageHead } from '~/ui/page'
import { RoomLanguages } from '../../components/room-languages'
import { KEEP_DAYS, SESSION, SESSION_MINUTES } from '../session.limits'
import { Refused } from './act'

interface PlanPageProps {
	/** Made by the page, so that the form sent twice is one session; of a session that is there, its own id. */
	formKey: string
	zone: string
	/** Languages she speaks, offered first. */
	speaks: string[]
	locale: string
	/** What is planned already, its day and time on the clock of `zone`; null for a new one. */
	plan: {
		name: string
		about: string
		language: string
		date: string
		time: string
		minutes: number
		languages: string[]
		size: number
		rules: string
		agenda: string
		keepDays: number
		doors: string
		holds: boolean
	} | null
	result?: FormResult
}

/** Where a session is planned, and changed until it begins. */
export function PlanPage({ plan, formKey, zone, speaks, locale, result }: PlanPageProps) {
	const { t } = useTranslation()
	const refused = result?.details?.why ? result : undefined
	return (
		<>
			<PageHead
				title={t(plan ? 'sessions:plan.editTitle' : 'sessions:plan.title')}
				back={
					plan
						? { to: `/chat/${formKey}/lead`, label: t('sessions:lead.title') }
						: { to: '/chat', label: t('chat:room.back') }
				}
			/>
			<Refused result={refused} />
			<Form result={refused ? undefined : result} id="plan">
				<input type="hidden" name="key" value={formKey} />
				<Words plan={plan} speaks={speaks} locale={locale} />
				<When plan={plan} zone={zone} />
				<RoomLanguages chosen={plan?.languages ?? [locale]} near={[locale, ...speaks]} />
				<Ways plan={plan} />
				<Submit icon="check">{t(plan ? 'common:actions.save' : 'sessions:plan.save')}</Submit>
			</Form>
			{plan ? (
				<div className="section">
					<Disclosure summary={t('sessions:plan.cancel')}>
						<form method="post" className="form">
							<input type="hidden" name="intent" value="cancel" />
							<p>{t('sessions:plan.cancelText')}</p>
							<Submit kind="danger" icon="x">
								{t('sessions:plan.cancel')}
							</Submit>
						</form>
					</Disclosure>
				</div>
			) : null}
		</>
	)
}

type Part = Pick<PlanPageProps, 'plan'>

/** Languages in the order she is likely to look for them. */
const inReach = (speaks: readonly string[], locale: string) => [
	...new Set([locale, ...speaks, ...LANGUAGE_TAGS]),
]

function Words({ plan, speaks, locale }: Part & { speaks: string[]; locale: string }) {
	const { t } = useTranslation()
	return (
		<>
			<Field name="name" label={t('sessions:plan.name')} defaultValue={plan?.name} dir="auto" required />
			<Select
				name="language"
				label={t('sessions:plan.language')}
				hint={t('sessions:plan.languageHint')}
				options={inReach(speaks, locale).map((tag) => ({ value: tag, label: endonym(tag), lang: tag }))}
				defaultValue={plan?.language ?? locale}
			/>
			<TextArea
				name="about"
				label={t('sessions:plan.about')}
				rows={3}
				counter={SESSION.about.graphemes}
				defaultValue={plan?.about}
				optional
			/>
		</>
	)
}

function When({ plan, zone }: Part & { zone: string }) {
	const { t, i18n } = useTranslation()
	const compare = compareWords(i18n.language)
	const zones = [...new Set([zone, ...ZONE_NAMES])]
		.map((value) => ({ value, label: zoneLabel(i18n.language, value) }))
		.sort((a, b) => compare(a.label, b.label))
	return (
		<>
			<Field name="date" type="date" label={t('sessions:plan.date')} defaultValue={plan?.date} required />
			<Field name="time" type="time" label={t('sessions:plan.time')} defaultValue={plan?.time} required />
			<Select name="zone" label={t('sessions:plan.zone')} options={zones} defaultValue={zone} />
			<Select
				name="minutes"
				label={t('sessions:plan.minutes')}
				options={SESSION_MINUTES.map((count) => ({
					value: String(count),
					label: t('sessions:card.minutes', { count }),
				}))}
				defaultValue={String(plan?.minutes ?? 60)}
			/>
		</>
	)
}

function Ways({ plan }: Part) {
	const { t } = useTranslation()
	return (
		<>
			<Field
				name="size"
				inputMode="numeric"
				label={t('sessions:plan.size')}
				hint={t('sessions:plan.sizeHint')}
				defaultValue={String(plan?.size ?? 10)}
				required
			/>
			<ChoiceGroup name="doors" legend={t('sessions:plan.doors')}>
				{(['lobby', 'open'] as const).map((doors) => (
					<Choice
						key={doors}
						type="radio"
						name="doors"
						value={doors}
						label={t(`sessions:doors.${doors}`)}
						hint={t(`sessions:doors.${doors}Hint`)}
						defaultChecked={(plan?.doors ?? 'lobby') === doors}
					/>
				))}
			</ChoiceGroup>
			<TextArea
				name="agenda"
				label={t('sessions:plan.agenda')}
				hint={t('sessions:plan.agendaHint')}
				rows={5}
				defaultValue={plan?.agenda}
				optional
			/>
			<TextArea
				name="rules"
				label={t('sessions:plan.rules')}
				rows={4}
				counter={SESSION.rules.graphemes}
				defaultValue={plan?.rules}
				optional
			/>
			<Select
				name="keepDays"
				label={t('sessions:plan.keep')}
				options={KEEP_DAYS.map((count) => ({
					value: String(count),
					label: t('sessions:plan.keepDays', { count }),
				}))}
				defaultValue={String(plan?.keepDays ?? 30)}
			/>
			<Choice
				type="checkbox"
				name="holds"
				value="yes"
				label={t('sessions:plan.holds')}
				hint={t('sessions:plan.holdsHint')}
				defaultChecked={plan?.holds}
			/>
		</>
	)
}
