import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const italy: CountryHelp = {
	country: 'IT',
	emergency: euNumber,
	lines: [
		{
			id: 'it-1522',
			name: '1522',
			number: '1522',
			dial: '1522',
			hours: 'always',
			cost: 'free',
			languages: ['it', 'ar', 'en', 'es', 'fa', 'fr', 'pl', 'pt', 'ru', 'sq', 'uk'],
			ways: [{ by: 'chat', at: 'www.1522.eu' }, { by: 'app' }],
			notes: ['anonymous'],
			sources: [
				{
					name: '1522.eu',
					url: 'https://www.1522.eu/cose-1522/?lang=en',
					says: ['number', 'hours', 'cost', 'languages', 'notes'],
				},
				{
					name: 'tg24.sky.it',
					url: 'https://tg24.sky.it/cronaca/2023/11/23/1522-numero-antiviolenza-donne',
					says: ['number', 'hours', 'cost', 'languages', 'ways'],
				},
				{
					name: 'letterainternazionale.it',
					url: 'https://letterainternazionale.it/?p=1428',
					says: ['number', 'ways'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
