/** For how many days an open room can keep what is said in it; 0: for ever. */
export const OPEN_KEEP_DAYS = [0, 7, 30, 90, 365] as const
