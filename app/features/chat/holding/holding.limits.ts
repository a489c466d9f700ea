/** How many a moderator reads at once, and lets through by one button. */
export const HELD_A_PAGE = 50
