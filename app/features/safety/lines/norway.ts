import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const norway: CountryHelp = {
	country: 'NO',
	emergency: euNumber,
	lines: [
		{
			id: 'no-vo',
			name: 'VO-linjen',
			number: '116 006',
			dial: '116006',
			hours: 'always',
			cost: 'free',
			notes: ['anonymous', 'adults'],
			sources: [
				{
					name: 'krisesenter.com',
					url: 'https://www.krisesenter.com/vold-og-overgrepslinjen-116-006-opplever-stor-pagang/',
					says: ['number', 'hours'],
				},
				{
					name: 'forskning.no',
					url: 'https://www.forskning.no/helsetjenester-nordlandsforskning-partner/hjelpetelefon-er-viktig-for-voldsutsatte/2315203',
					says: ['hours', 'cost', 'notes'],
				},
				{
					name: 'ldo.no',
					url: 'https://ldo.no/ombudet-og-samfunnet/siste-nytt2/vo-linjen-ny/',
					says: ['number', 'hours', 'cost', 'notes'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
