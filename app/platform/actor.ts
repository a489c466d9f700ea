/** Calendars besides the Gregorian that our members count their years by. */
export const CALENDARS = ['persian', 'islamic', 'ethiopic'] as const
export type Calendar = (typeof CALENDARS)[number]

export type Role = 'mentor' | 'moderator' | 'practitioner' | 'lead' | 'coordinator'

/** A role in force, with its scope: an organisation, a forum space, or (both null) everywhere. */
export interface Grant {
	role: Role
	organisationId: string | null
	spaceId: string | null
	/** The languages a moderator looks after; null: every one. */
	languages: string[] | null
}

/** What a decision holds her to for a time: to write slowly, or not at all in one space (`null`: nowhere in the open). */
export interface Restraint {
	kind: 'slowed' | 'muted'
	spaceId: string | null
	until: Date | null
}

/** Who is acting, as the session says; never built from what a form or an event carries. */
export interface Actor {
	id: string
	handle: string
	sessionId: string
	device: 'own' | 'shared'
	status: 'active' | 'waiting' | 'suspended'
	locale: string | null
	/** What is not said in her language, she reads in this one. */
	secondLocale: string | null
	/** What this request asks her page to be shown in besides: no power of hers, only how she is spoken to. */
	also?: string
	/** The calendar she wants under the dates of appointments, beside the one on the wall. */
	calendar: Calendar | null
	/** Urdu set in Nastaliq. */
	nastaliq: boolean
	hostCountry: string | null
	reads: string[]
	speaks: string[]
	/** Only the grants she may use now: staff grants count once the second factor was given in this session. */
	grants: Grant[]
	/** Organisations whose member she is, besides those her grants name. */
	organisations: string[]
	/** Somebody vouched for her: what she writes in the open needs no second look. */
	vouched: boolean
	restraints: Restraint[]
	/** Which rules she agreed to, and which she has put off. */
	rulesVersion: string
	/** Whom she sees nothing of, and who see nothing of her: blocks in either direction. */
	blocked: string[]
	/** Notices she has not looked at; counted to a hundred. */
	unread: number
	/** The organisation whose staff is opening her account again, as long as she can stop it. */
	recovery: string | null
	/** Staff grants are held back until she gives (or sets up) her second factor. */
	secondFactorDue: 'no' | 'give' | 'set-up'
	/** When the passphrase was last typed in this session. */
	freshAt: Date
}

/** Someone who is not signed in. `address` is a keyed hash of the network address, `device` of a random cookie. */
export interface Visitor {
	id: null
	address: string
	device: string
}

export const STAFF_ROLES: readonly Role[] = ['moderator', 'practitioner', 'lead', 'coordinator']

/** Whether she holds the role anywhere. */
export const holds = (actor: Pick<Actor, 'grants'>, role: Role) =>
	actor.grants.some((grant) => grant.role === role)

/** Whether she moderates this space (`null`: something outside the spaces, which only an unscoped moderator sees). */
export const moderates = (actor: Pick<Actor, 'grants'>, spaceId: string | null) =>
	actor.grants.some(
		(grant) => grant.role === 'moderator' && (grant.spaceId === null || grant.spaceId === spaceId),
	)
