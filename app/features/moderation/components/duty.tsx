import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '~/ui/button'
import { Form, Select, Submit } from '~/ui/form'
import { Section } from '~/ui/page'
import { LanguageTag, Time } from '~/ui/text'
import { DUTY_HOURS } from '../moderation.policy'
import { ShiftNow } from '../rota/components/shift-now'

interface DutyProps {
	/** Until when she is on duty; null where she is not. */
	until: Date | null
	/** What she reads, as her profile says. */
	reads: string[]
	/** Until when her shift lasts that is now; null where there is none. */
	shift?: Date | null
}

/** Says that she is there now, or goes. */
export function Duty({ until, reads, shift = null }: DutyProps) {
	const { t } = useTranslation()
	return (
		<Section title={t('moderation:duty.title')} id="duty">
			{reads.length > 0 ? (
				<p className="meta">
					<span>{t('moderation:duty.reads')}</span>
					{reads.map((tag) => (
						<LanguageTag key={tag} tag={tag} />
					))}
				</p>
			) : (
				<p>
					<a href="/me/profile">{t('moderation:duty.noLanguages')}</a>
				</p>
			)}
			{until ? (
				<OnDuty until={until} />
			) : (
				<>
					<ShiftNow until={shift} />
					<OffDuty />
				</>
			)}
			<p>
				<a href="/moderation/rota">{t('rota:title')}</a>
			</p>
		</Section>
	)
}

function OnDuty({ until }: { until: Date }) {
	const { t } = useTranslation()
	return (
		<form method="post" action="/moderation" className="row between">
			<p>
				{t('moderation:duty.until')} <Time at={until} />
			</p>
			<Button kind="quiet" name="intent" value="off-duty">
				{t('moderation:duty.end')}
			</Button>
		</form>
	)
}

function OffDuty() {
	const { t } = useTranslation()
	return (
		<Form action="/moderation">
			<input type="hidden" name="intent" value="on-duty" />
			<p>{t('moderation:duty.text')}</p>
			<Select
				name="hours"
				label={t('moderation:duty.hours')}
				options={DUTY_HOURS.map((count) => ({
					value: String(count),
					label: t('moderation:duty.forHours', { count }),
				}))}
				defaultValue="2"
			/>
			<Submit icon="hand">{t('moderation:duty.begin')}</Submit>
		</Form>
	)
}

/** The way to what waits, with how many. */
export function HeldLink({ count }: { count: number }) {
	const { t } = useTranslation()
	return (
		<ButtonLink to="/moderation/held" kind="quiet" icon="clock">
			{t('moderation:duty.waiting', { count })}
		</ButtonLink>
	)
}
