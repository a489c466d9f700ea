import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const cyprus: CountryHelp = {
	country: 'CY',
	emergency: euNumber,
	lines: [
		{
			id: 'cy-spavo',
			name: 'SPAVO',
			number: '1440',
			dial: '1440',
			hours: 'always',
			cost: 'free',
			ways: [{ by: 'chat' }, { by: 'text' }],
			sources: [
				{
					name: 'cyprus-mail.com',
					url: 'https://cyprus-mail.com/2021/02/23/domestic-violence-calls-increase-new-police-units-kept-busy/',
					says: ['number', 'hours', 'cost'],
				},
				{
					name: 'ekathimerini.com',
					url: 'https://www.ekathimerini.com/news/1211090/report-shows-alarming-rise-in-domestic-violence-in-cyprus/',
					says: ['number', 'ways'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
