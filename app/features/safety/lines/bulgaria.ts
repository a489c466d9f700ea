import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const bulgaria: CountryHelp = {
	country: 'BG',
	emergency: {
		...euNumber,
		sources: [
			...euNumber.sources,
			{
				name: 'humanrightsguide.bg',
				url: 'https://www.humanrightsguide.bg/temi/domashno-nasilie/pomoshch-i-podpomagane',
				says: ['number'],
			},
		],
	},
	lines: [
		{
			id: 'bg-alliance',
			name: 'АЗНОП',
			number: '0800 11 977',
			dial: '080011977',
			hours: 'always',
			cost: 'free',
			notes: ['anonymous'],
			sources: [
				{
					name: 'humanrightsguide.bg',
					url: 'https://www.humanrightsguide.bg/temi/domashno-nasilie/pomoshch-i-podpomagane',
					says: ['number', 'hours'],
				},
				{
					name: 'razgradnews.net',
					url: 'https://razgradnews.net/2018/07/29/nov-telefon-za-zhertvi-na-domashno-nasilie',
					says: ['number', 'hours', 'cost', 'notes'],
				},
			],
			checkedOn: '2026-11-20',
		},
		{
			// Its hours differ from source to source (day and night, or 9 to 21), so they are not given.
			id: 'bg-animus',
			name: 'Асоциация Анимус',
			number: '0800 1 8676',
			dial: '080018676',
			cost: 'free',
			sources: [
				{
					name: 'iskra.bg',
					url: 'https://www.iskra.bg/nad-2800-choveka-sa-potarsili-pomosht-na-goreshtata-liniya-za-domashno-nasilie-prez-2023-godina/',
					says: ['number'],
				},
				{
					name: 'news.bg',
					url: 'https://news.bg/bulgaria/1-200-signala-za-domashno-nasilie-za-godina.html',
					says: ['number', 'cost'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
