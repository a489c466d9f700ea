/** So long the words of what was taken back are kept, for whoever has read them and reports them. */
export const TAKEN_BACK_DAYS = 7
