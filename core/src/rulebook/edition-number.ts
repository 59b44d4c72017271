/** The edition that is in force from the founding of a ledger on. */
export const firstEdition = 1;
