import { britishNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const unitedKingdom: CountryHelp = {
	country: 'GB',
	emergency: britishNumber,
	lines: [
		{
			id: 'gb-england',
			name: 'Refuge',
			number: '0808 2000 247',
			dial: '08082000247',
			region: 'england',
			hours: 'always',
			cost: 'free',
			ways: [{ by: 'chat' }],
			sources: [
				{
					name: 'gov.uk',
					url: 'https://www.gov.uk/government/news/refuge-awarded-grant-to-operate-domestic-abuse-helpline',
					says: ['number', 'hours', 'cost', 'ways'],
				},
			],
			checkedOn: '2026-11-20',
		},
		{
			id: 'gb-scotland',
			name: 'Scottish Women’s Aid',
			number: '0800 027 1234',
			dial: '08000271234',
			region: 'scotland',
			hours: 'always',
			interpreter: true,
			ways: [{ by: 'mail' }, { by: 'chat' }],
			sources: [
				{
					name: 'safer.scot',
					url: 'https://safer.scot/information/da/report/',
					says: ['number', 'hours', 'languages', 'ways'],
				},
			],
			checkedOn: '2026-11-20',
		},
		{
			id: 'gb-wales',
			name: 'Live Fear Free',
			number: '0808 80 10 800',
			dial: '08088010800',
			region: 'wales',
			hours: 'always',
			cost: 'free',
			ways: [{ by: 'text', at: '07860 077333' }, { by: 'mail' }, { by: 'chat' }],
			sources: [
				{
					name: 'gov.wales',
					url: 'https://www.gov.wales/live-fear-free/sexual-violence',
					says: ['number', 'hours', 'ways'],
				},
				{ name: 'gov.wales', url: 'https://gov.wales/node/33827', says: ['number', 'hours', 'cost'] },
			],
			checkedOn: '2026-11-20',
		},
	],
}
