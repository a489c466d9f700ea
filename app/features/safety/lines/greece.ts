import { euNumber } from '../emergency-numbers'
import type { CountryHelp, Source } from '../helpline'

const greekNumber: Source = {
	name: 'civilprotection.gov.gr',
	url: 'https://civilprotection.gov.gr/en/112/pote-pos-kalo',
	says: ['number', 'hours', 'cost'],
}

const diotima: Source = {
	name: 'diotima.org.gr',
	url: 'https://diotima.org.gr/en/faq-helpdesk/',
	says: ['number', 'hours', 'notes'],
}

export const greece: CountryHelp = {
	country: 'GR',
	emergency: { ...euNumber, advice: 'grText', sources: [greekNumber, diotima] },
	lines: [
		{
			id: 'gr-15900',
			name: 'SOS 15900',
			number: '15900',
			dial: '15900',
			hours: 'always',
			cost: 'low',
			languages: ['el', 'en'],
			sources: [
				diotima,
				{
					name: 'cease-project.eu',
					url: 'https://cease-project.eu/project/general-secretariat-for-gender-equality-of-the-ministry-of-interior/',
					says: ['number', 'hours', 'cost', 'languages'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
