import type { ToldPart } from './told'

/** What every member agrees to; `RULES_VERSION` names this text, and changes with it. */
export const RULES: readonly ToldPart[] = [
	{
		title: 'safety:rules.together',
		facts: [
			{ icon: 'heart', title: 'safety:rules.kindTitle', text: 'safety:rules.kindText' },
			{ icon: 'lock', title: 'safety:rules.insideTitle', text: 'safety:rules.insideText' },
			{ icon: 'hand', title: 'safety:rules.ownStoryTitle', text: 'safety:rules.ownStoryText' },
			{ icon: 'user-round', title: 'safety:rules.herselfTitle', text: 'safety:rules.herselfText' },
		],
	},
	{
		title: 'safety:rules.careful',
		facts: [
			{ icon: 'map-pin', title: 'safety:rules.placesTitle', text: 'safety:rules.placesText' },
			{ icon: 'briefcase', title: 'safety:rules.moneyTitle', text: 'safety:rules.moneyText' },
			{ icon: 'scale', title: 'safety:rules.expertsTitle', text: 'safety:rules.expertsText' },
			{ icon: 'check', title: 'safety:rules.ageTitle', text: 'safety:rules.ageText' },
		],
	},
	{
		title: 'safety:rules.wrong',
		facts: [
			{ icon: 'flag', title: 'safety:rules.reportTitle', text: 'safety:rules.reportText' },
			{ icon: 'shield', title: 'safety:rules.decideTitle', text: 'safety:rules.decideText' },
			{ icon: 'life-buoy', title: 'safety:rules.dangerTitle', text: 'safety:rules.dangerText' },
		],
	},
]
