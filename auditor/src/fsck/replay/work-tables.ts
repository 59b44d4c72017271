/**
 * First letters of all keys of the work store. Each belongs to one table: ranges are read and counted by them, so two
 * tables under one letter make an honest ledger look broken.
 */
export const workTables = {
  public: 's',
  hashed: 'q',
  privateValue: 'd',
  transaction: 't',
  blockHash: 'b',
  change: 'y',
  policy: 'v',
  /** Text of a record by its id. */
  record: 'r',
  /** Figures of a record by its id. */
  figures: 'f',
  /** Ids of records by business key and place in the log. */
  history: 'k',
  /** Which record a later version came in the place of. */
  before: 'w',
  /** When the submissions of a transaction were signed. */
  signed: 'g',
  /** What the projection must hold of tables that change, under its own key. */
  projected: 'P',
  /** What a run leaves for the next one. */
  run: 'm',
  /** Entries that a store has, while it is compared. */
  mark: 'z',
} as const;

/** Ends the range of all keys that begin with a letter. */
export function afterTable(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}
