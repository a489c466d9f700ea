/** What kinds of organisations are in the network. */
export const ORGANISATION_KINDS = ['centre', 'job-service', 'association'] as const

/** A name as she sees it, in letters. */
export const ORGANISATION_NAME_AT_MOST = 80
