import { euNumber } from '../emergency-numbers'
import type { CountryHelp } from '../helpline'

export const spain: CountryHelp = {
	country: 'ES',
	emergency: euNumber,
	lines: [
		{
			id: 'es-016',
			name: '016',
			number: '016',
			dial: '016',
			hours: 'always',
			cost: 'free',
			languageCount: 53,
			ways: [{ by: 'whatsapp', at: '600 000 016' }, { by: 'chat' }],
			notes: ['notOnBill'],
			sources: [
				{
					name: 'newtral.es',
					url: 'https://www.newtral.es/consultas-016-2024/20240813',
					says: ['number', 'hours', 'cost', 'languages', 'ways', 'notes'],
				},
				{
					name: 'europapress.es',
					url: 'https://www.europapress.es/epsocial/igualdad/noticia-suben-levemente-consultas-016-primer-semestre-2025-59317-casi-330-diarias-20250807133253.html',
					says: ['number', 'ways'],
				},
			],
			checkedOn: '2026-11-20',
		},
	],
}
