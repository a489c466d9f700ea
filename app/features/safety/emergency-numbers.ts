import type { Emergency } from './helpline'

/** 112: in every country of the European Union and in Norway, at any hour, free. */
export const euNumber: Emergency = {
	number: '112',
	dial: '112',
	sources: [
		{
			name: 'vugd.gov.lv',
			url: 'https://vugd.gov.lv/en/single-emergency-call-number-112-europe',
			says: ['number', 'hours', 'cost'],
		},
	],
	checkedOn: '2026-11-20',
}

/** Also from a mobile without a word: the advice says how. */
export const britishNumber: Emergency = {
	number: '999',
	dial: '999',
	advice: 'gbSilent',
	sources: [
		{
			name: 'dahalliance.org.uk',
			url: 'https://www.dahalliance.org.uk/guidance-publications/i-am-experiencing-domestic-abuse/',
			says: ['number', 'notes'],
		},
	],
	checkedOn: '2026-11-20',
}
