/** The countries we serve: where a member may say that she lives, and for which we know where to call. */
export const HOST_COUNTRIES = ['BG', 'CY', 'ES', 'FR', 'GB', 'GR', 'IT', 'NO', 'SE'] as const

export type HostCountry = (typeof HOST_COUNTRIES)[number]
