/** Units of work, each about a millisecond of one core, measured on the sample ledger and rounded up. */
export const prices = {
  /** A kilobyte of a body, read and held to its schema. */
  bodyKilobyte: 0.06,
  /** A record that is judged. */
  submittedRecord: 0.3,
  /** A record that is read for an answer: a page, a trace, an impact, a proof. */
  recordRead: 0.1,
  /** A receipt that is made. */
  receiptMade: 0.5,
  /** A certificate that is written: fonts are cut to what it uses. */
  certificateMade: 250,
  /** A receipt whose signatures and paths are checked. */
  receiptChecked: 3,
  /** A file that is looked up by its digests and name. */
  fileLookedUp: 0.15,
  /** A key whose head is looked up. */
  headRead: 0.03,
  /** A signature that is checked; that of SM2 is the dearest. */
  signatureChecked: 10,
  /** A page of the log of reads: one file of it. */
  readLogPage: 50,
  /** Whatever else asks for more than one lookup. */
  question: 1,
} as const;
