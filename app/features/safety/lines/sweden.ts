import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const sweden: CountryHelp = {
	country: 'SE',
	emergency: euNumber,
	lines: [
		{
			id: 'se-kvinnofrid',
			name: 'Kvinnofridslinjen',
			number: '020-50 50 50',
			dial: '020505050',
			hours: 'always',
			cost: 'free',
			interpreter: true,
			languages: ['sv'],
			ways: [{ by: 'textphone' }],
			notes: ['anonymous', 'notOnBill'],
			sources: [
				{
					name: 'nck.uu.se',
					url: 'https://nck.uu.se/kvinnofridslinjen/kvinnofridslinjen-ger-stod-per-telefon/',
					says: ['number', 'hours', 'cost', 'languages', 'ways', 'notes'],
				},
				{
					name: 'eige.europa.eu',
					url: 'https://eige.europa.eu/node/4655',
					says: ['number', 'hours', 'cost', 'languages', 'notes'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
