import { useTranslation } from 'react-i18next'
import { Choice, ChoiceGroup, Select } from '~/ui/form'
import { MEASURE_DAYS, MEASURES } from '../measures.words'
import { MEASURE_ICON } from './measure-lines'

interface MeasureChoicesProps {
	/** It was said in a space: she can be kept from writing in that one alone. */
	inSpace: boolean
	/** Somebody reported it, from whom she can be kept apart. */
	reported: boolean
	/** It was written without her name. */
	aliased: boolean
}

/** What shall hold for the woman herself: fields inside the form that decides. */
export function MeasureChoices({ inSpace, reported, aliased }: MeasureChoicesProps) {
	const { t } = useTranslation()
	return (
		<>
			<ChoiceGroup name="measure" legend={t('measures:choose.legend')} hint={t('measures:choose.hint')}>
				<Choice
					type="radio"
					name="measure"
					value="none"
					icon="check"
					label={t('measures:choose.none')}
					defaultChecked
				/>
				{MEASURES.map((kind) => (
					<Choice
						key={kind}
						type="radio"
						name="measure"
						value={kind}
						icon={MEASURE_ICON[kind]}
						label={t(`measures:choose.${kind}`)}
						hint={t(`measures:choose.${kind}Hint`)}
					/>
				))}
			</ChoiceGroup>
			<Select
				name="days"
				label={t('measures:choose.days')}
				hint={t('measures:choose.daysHint')}
				defaultValue="7"
				options={[
					...MEASURE_DAYS.map((days) => ({
						value: String(days),
						label: t('measures:choose.forDays', { count: days }),
					})),
					{ value: '', label: t('measures:choose.untilEnded') },
				]}
			/>
			{inSpace ? (
				<Choice type="checkbox" name="everywhere" value="yes" label={t('measures:choose.everywhere')} />
			) : null}
			{reported && aliased ? <p className="muted">{t('decisions:refused.alias')}</p> : null}
			{reported && !aliased ? (
				<Choice
					type="checkbox"
					name="apart"
					value="yes"
					icon={MEASURE_ICON.apart}
					label={t('measures:choose.apart')}
					hint={t('measures:choose.apartHint')}
				/>
			) : null}
		</>
	)
}
