/** The lists a coordinator can look at; a role shows those who hold it. */
export const PEOPLE_SHOWN = [
	'staff',
	'moderator',
	'practitioner',
	'lead',
	'coordinator',
	'suspended',
	'new',
] as const

export type PeopleShown = (typeof PEOPLE_SHOWN)[number]
