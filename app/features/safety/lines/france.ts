import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const france: CountryHelp = {
	country: 'FR',
	emergency: {
		...euNumber,
		advice: 'frText',
		sources: [
			...euNumber.sources,
			{
				name: 'informations.handicap.fr',
				url: 'https://informations.handicap.fr/a-3919-femmes-sourdes-victimes-violences-aide-h24-31115.php',
				says: ['notes'],
			},
		],
	},
	lines: [
		{
			id: 'fr-3919',
			name: 'Solidarité Femmes',
			number: '3919',
			dial: '3919',
			hours: 'always',
			cost: 'free',
			languages: ['fr', 'en', 'ar', 'es', 'fa', 'gcf', 'he', 'kab', 'pl', 'prs', 'pt', 'tr', 'zh-Hans'],
			notes: ['notAllHours', 'anonymous', 'notPolice', 'deafAccess'],
			sources: [
				{
					name: 'solidaritefemmes.org',
					url: 'https://solidaritefemmes.org/appeler-le-3919/',
					says: ['number', 'hours', 'cost', 'languages', 'notes'],
				},
				{
					name: 'informations.handicap.fr',
					url: 'https://informations.handicap.fr/a-3919-femmes-sourdes-victimes-violences-aide-h24-31115.php',
					says: ['notes'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
