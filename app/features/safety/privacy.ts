import type { ToldPart } from './told'

/** What this software does with what it knows of her. Whoever changes that changes these texts with it. */
export const PRIVACY: readonly ToldPart[] = [
	{
		title: 'safety:privacy.keep',
		facts: [
			{ icon: 'circle-check', title: 'safety:privacy.notAskedTitle', text: 'safety:privacy.notAskedText' },
			{ icon: 'user-round', title: 'safety:privacy.accountTitle', text: 'safety:privacy.accountText' },
			{ icon: 'pencil', title: 'safety:privacy.writtenTitle', text: 'safety:privacy.writtenText' },
			{ icon: 'smartphone', title: 'safety:privacy.devicesTitle', text: 'safety:privacy.devicesText' },
			{ icon: 'list-checks', title: 'safety:privacy.actsTitle', text: 'safety:privacy.actsText' },
			{ icon: 'globe', title: 'safety:privacy.addressTitle', text: 'safety:privacy.addressText' },
		],
	},
	{
		title: 'safety:privacy.sees',
		facts: [
			{ icon: 'users-round', title: 'safety:privacy.membersTitle', text: 'safety:privacy.membersText' },
			{ icon: 'message-circle', title: 'safety:privacy.roomTitle', text: 'safety:privacy.roomText' },
			{ icon: 'shield', title: 'safety:privacy.moderatorsTitle', text: 'safety:privacy.moderatorsText' },
			{ icon: 'compass', title: 'safety:privacy.coordinatorsTitle', text: 'safety:privacy.coordinatorsText' },
			{ icon: 'settings', title: 'safety:privacy.technicalTitle', text: 'safety:privacy.technicalText' },
			{ icon: 'x', title: 'safety:privacy.othersTitle', text: 'safety:privacy.othersText' },
		],
	},
	{
		title: 'safety:privacy.howLong',
		facts: [
			{ icon: 'clock', title: 'safety:privacy.signedInTitle', text: 'safety:privacy.signedInText' },
			{ icon: 'file-text', title: 'safety:privacy.staysTitle', text: 'safety:privacy.staysText' },
			{ icon: 'history', title: 'safety:privacy.heldTitle', text: 'safety:privacy.heldText' },
			{ icon: 'bell', title: 'notices:title', text: 'safety:privacy.newsText' },
			{ icon: 'lock', title: 'safety:privacy.cookiesTitle', text: 'safety:privacy.cookiesText' },
		],
	},
	{
		title: 'safety:privacy.yours',
		facts: [
			{ icon: 'pencil', title: 'safety:privacy.changeTitle', text: 'safety:privacy.changeText' },
			{ icon: 'trash-2', title: 'safety:privacy.deleteTitle', text: 'safety:privacy.deleteText' },
		],
	},
]
