/** Days a pack is given out again unchanged; what comes back with it is taken in as long as the visit is open. */
export const PACK_DAYS = 14;
